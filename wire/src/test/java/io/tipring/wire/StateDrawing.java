package io.tipring.wire;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// A picture of a machine, drawn while a test walks it: what can happen in each state, where it
/// leads and what comes out.
public final class StateDrawing {
  /// Where every drawing starts.
  public static final String BEGIN = "(begin)";

  private final String title;
  private final Map<Arrow, Set<String>> arrows = new LinkedHashMap<>();

  private record Arrow(String from, String in, String to, String out) {}

  public StateDrawing(String title) {
    this.title = title;
  }

  /// @param condition when it holds only sometimes, such as over one kind of transport; else empty
  public void arrow(String from, String in, String to, String out, String condition) {
    arrows.computeIfAbsent(new Arrow(from, in, to, out), _ -> new LinkedHashSet<>()).add(condition);
  }

  public boolean has(String from, String in, String to, String out) {
    return arrows.containsKey(new Arrow(from, in, to, out));
  }

  /// @param conditions all there are: an arrow that holds under each of them holds always
  public String markdown(Set<String> conditions) {
    StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
    text.append(
        "Drawn by a test that walks the machine. What is not here changes nothing and sends nothing.\n\n");
    text.append("```mermaid\nstateDiagram-v2\n");
    Map<String, Set<String>> lines = new LinkedHashMap<>();
    arrows.forEach((arrow, when) -> {
      if (!arrow.from().equals(arrow.to())) {
        String line = "  " + id(arrow.from()) + " --> " + id(arrow.to());
        lines.computeIfAbsent(line, _ -> new LinkedHashSet<>()).add(arrow.in());
      }
    });
    lines.forEach(
        (line, ins) -> text.append(line).append(" : ").append(String.join(", ", ins)).append('\n'));
    text.append("```\n\n| state | in | next | out |\n|---|---|---|---|\n");
    Map<String, Map<Arrow, Set<String>>> byState = new LinkedHashMap<>();
    arrows.forEach((arrow, when) ->
        byState.computeIfAbsent(arrow.from(), _ -> new LinkedHashMap<>()).put(arrow, when));
    byState
        .values()
        .forEach(state ->
            state.forEach((arrow, when) -> {
              String condition =
                  when.containsAll(conditions) ? "" : " (" + String.join(", ", when) + ")";
              text.append("| ").append(arrow.from());
              text.append(" | ").append(arrow.in()).append(condition);
              text.append(" | ").append(arrow.to().equals(arrow.from()) ? "" : arrow.to());
              text.append(" | ").append(arrow.out()).append(" |\n");
            }));
    return text.toString();
  }

  private static String id(String state) {
    return state.equals(BEGIN) ? "[*]" : state.replaceAll("[^A-Za-z0-9]+", "_");
  }
}
