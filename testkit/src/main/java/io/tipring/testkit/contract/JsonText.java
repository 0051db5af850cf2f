package io.tipring.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// JSON that a person reads: what fits on a line stands on one.
final class JsonText {
  private static final int LINE = 100;

  private JsonText() {}

  /// @param value of maps, lists, texts, numbers and booleans
  static String of(Object value) {
    return print(value, "") + "\n";
  }

  private static String print(Object value, String indent) {
    String line = line(value);
    if (indent.length() + line.length() <= LINE
        || !(value instanceof Map || value instanceof List)) {
      return line;
    }
    String deeper = indent + "  ";
    List<String> parts = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, part) -> parts.add(deeper + quoted(key) + ": " + print(part, deeper)));
      return "{\n" + String.join(",\n", parts) + "\n" + indent + "}";
    }
    ((List<?>) value).forEach(part -> parts.add(deeper + print(part, deeper)));
    return "[\n" + String.join(",\n", parts) + "\n" + indent + "]";
  }

  private static String line(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<String> parts = new ArrayList<>();
        map.forEach((key, part) -> parts.add(quoted(key) + ": " + line(part)));
        yield "{" + String.join(", ", parts) + "}";
      }
      case List<?> list ->
          "[" + String.join(", ", list.stream().map(JsonText::line).toList()) + "]";
      case String text -> quoted(text);
      case Object other -> other.toString();
    };
  }

  private static String quoted(Object text) {
    return '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
