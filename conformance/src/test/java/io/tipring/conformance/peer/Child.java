package io.tipring.conformance.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of ours with what it prints. Ends with us.
public final class Child implements AutoCloseable {
  private static final int MOST_LINES = 100_000;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>();
  private long lineCount;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.reader = Thread.ofVirtual().name(name + " output").start(this::read);
  }

  public static Child start(Path folder, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      return new Child(command.getFirst(), process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.ISO_8859_1)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        synchronized (lines) {
          lineCount++;
          if (lines.size() < MOST_LINES) {
            lines.add(line);
          }
        }
      }
    } catch (IOException _) {
      // The process is gone, and its pipe with it.
    }
  }

  /// What it printed so far, the first 100,000 lines.
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  public long lineCount() {
    synchronized (lines) {
      return lineCount;
    }
  }

  public boolean alive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /// @throws AssertionError with what it printed, when no line with `part` comes in time
  public void awaitLine(String part, Duration deadline) {
    Await.until(deadline, () -> !alive() || lines().stream().anyMatch(line -> line.contains(part)));
    if (lines().stream().noneMatch(line -> line.contains(part))) {
      throw new AssertionError(
          name
              + " never printed '"
              + part
              + "', "
              + (alive() ? "it runs" : "it ended")
              + ":\n"
              + tail(60));
    }
  }

  /// Its exit code.
  ///
  /// @throws AssertionError when it has not ended in time; it is killed then
  public int awaitExit(Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(name + " did not end within " + deadline + ":\n" + tail(60));
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Kills it with SIGKILL, and returns when it is gone.
  public void kill() {
    process.destroyForcibly();
    awaitExit(GRACE);
  }

  public String tail(int count) {
    List<String> all = lines();
    return String.join("\n", all.subList(Math.max(0, all.size() - count), all.size()));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
