package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One of the example applications in a process of its own, started as its reader would start it.
/// What it prints, every message included, stands in a file of its own under `target/example`.
public final class Example implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  /// The languages there are examples in, and what starts them.
  public enum Language {
    JAVA("java/Ivr.java", Path.of(System.getProperty("java.home"), "bin", "java").toString()),
    NODE("node/ivr.js", Peer.NODE.command());

    private final String file;
    private final String command;

    Language(String file, String command) {
      this.file = file;
      this.command = command;
    }
  }

  private final int port;
  private final Path output;
  private final Child process;

  private Example(int port, Path output, Child process) {
    this.port = port;
    this.output = output;
    this.process = process;
  }

  public static Example start(Language language) {
    return start(language, Ports.free(), Map.of());
  }

  /// @param port where another of its kind may have listened before
  /// @param environment beside ours
  public static Example start(Language language, int port, Map<String, String> environment) {
    Path folder = Folders.fresh("example", language.name());
    Path output = folder.resolve("output.log");
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "exec \"$@\" >\"$0\" 2>&1", output.toString(), "env", "TRACE=1"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(
        List.of(language.command, file(language.file).toString(), Integer.toString(port)));
    Example example = new Example(port, output, Child.start(folder, command));
    if (!Await.until(START, () -> example.printed().contains("waits for calls"))) {
      example.close();
      throw new AssertionError("the example does not start: " + example.printed());
    }
    return example;
  }

  private static Path file(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("examples").resolve(name))) {
        return folder.resolve("examples").resolve(name);
      }
    }
    throw new IllegalStateException("not within a checkout: " + Path.of("").toAbsolutePath());
  }

  public int port() {
    return port;
  }

  /// What a configuration says to reach it.
  public String url() {
    return "ws://127.0.0.1:" + port + "/ivr?line=2";
  }

  /// All it has printed.
  public String printed() {
    try {
      return Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills it as nobody can refuse to be killed, and waits until it is gone.
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
