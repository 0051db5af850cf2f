package io.tipring.conformance.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/// Says at the end which referees have judged and which have not, on standard output and in
/// `target/conformance.txt`.
public final class RefereeReport
    implements ExecutionCondition, AfterTestExecutionCallback, ParameterResolver {
  private static final Path FILE = Path.of("target", "conformance.txt");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Tally tally = tally(context);
    List<String> missing = new ArrayList<>();
    for (Peer peer : peers(context)) {
      if (tally.version(peer).isEmpty()) {
        missing.add(peer.command() + " is not installed (" + peer.cure() + ")");
      }
    }
    return missing.isEmpty()
        ? ConditionEvaluationResult.enabled("all peers are there")
        : ConditionEvaluationResult.disabled("not run: " + String.join(", ", missing));
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Tally tally = tally(context);
    Optional<Throwable> ending = context.getExecutionException();
    if (ending.isPresent() && ending.get() instanceof TestAbortedException aborted) {
      tally.line(context.getDisplayName() + ": not run: " + aborted.getMessage());
    } else {
      peers(context).forEach(tally::ran);
    }
  }

  /// A test may ask for [Figures].
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Figures.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new Figures(tally(context)::line);
  }

  /// What a test measured, for the report.
  public record Figures(Consumer<String> report) {
    public void line(String text) {
      report.accept(text);
    }
  }

  private static List<Peer> peers(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Needs.class)
        .map(needs -> List.of(needs.value()))
        .orElse(List.of());
  }

  private static Tally tally(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(RefereeReport.class))
        .computeIfAbsent(Tally.class, _ -> new Tally(), Tally.class);
  }

  /// Closed by JUnit after the last test.
  private static final class Tally implements AutoCloseable {
    private final Map<Peer, Optional<String>> versions = new EnumMap<>(Peer.class);
    private final Map<Peer, Integer> judged = new EnumMap<>(Peer.class);
    private final List<String> lines = new ArrayList<>();

    synchronized Optional<String> version(Peer peer) {
      return versions.computeIfAbsent(peer, Peer::version);
    }

    synchronized void ran(Peer peer) {
      judged.merge(peer, 1, Integer::sum);
    }

    synchronized void line(String line) {
      lines.add(line);
    }

    @Override
    public synchronized void close() throws IOException {
      List<String> report = new ArrayList<>();
      versions.forEach((peer, version) ->
          report.add(
              "peer "
                  + peer.command()
                  + version.map(v -> " " + v).orElse("")
                  + ": "
                  + (judged.containsKey(peer)
                      ? "ran (" + judged.get(peer) + " tests)"
                      : "not run" + (version.isEmpty() ? ": not installed, " + peer.cure() : ""))));
      report.addAll(lines);
      report.forEach(System.out::println);
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, report);
    }
  }
}
