package io.tipring.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that is measured or that measures; its output goes to a file.
final class Child implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /// Clock ticks per second of `/proc`; the same on every Linux that runs Java.
  private static final double TICKS = 100;

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Child start(Path folder, List<String> command) throws IOException {
    Path log = Files.createTempFile(folder, "output", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Child(process, log);
  }

  /// Waits until the output has `text`.
  void awaitText(String text, Duration deadline) throws IOException, InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (!output().contains(text)) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException("no '" + text + "' in the output of a process: " + output());
      }
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  /// Waits for its end.
  ///
  /// @return its exit code
  int await(Duration deadline) throws IOException, InterruptedException {
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
      throw new IOException("a process did not end in " + deadline);
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }

  long pid() {
    return process.pid();
  }

  /// CPU seconds so far, its children's included.
  double cpuSeconds() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .mapToDouble(handle -> cpuSeconds(Path.of("/proc/" + handle.pid() + "/stat")))
        .sum();
  }

  /// CPU seconds so far by the name of the thread; those of one name together.
  Map<String, Double> cpuSecondsByThread() throws IOException {
    Map<String, Double> seconds = new TreeMap<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      threads.forEach(
          thread -> seconds.merge(name(thread), cpuSeconds(thread.resolve("stat")), Double::sum));
    }
    return seconds;
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException _) {
      return "ended";
    }
  }

  private static double cpuSeconds(Path file) {
    try {
      String stat = Files.readString(file);
      // Fields are counted behind the command's name, which may hold anything.
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
      return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS;
    } catch (IOException _) {
      return 0; // it has ended
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
