package io.tipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// What a benchmark says: printed as it goes, kept as text. Begins with the machine, since no
/// number means anything without.
final class Report {
  private final StringBuilder text = new StringBuilder();
  private boolean counts = true;

  Report(String name, String about) throws IOException {
    line("%s: %s", name, about);
    line("command   ./tipring bench %s --save", name);
    line("when      %s", Instant.now().truncatedTo(ChronoUnit.SECONDS));
    line(
        "machine   %s, %d processors, %s",
        processor(), Runtime.getRuntime().availableProcessors(), memory());
    line(
        "system    %s %s, JDK %s",
        System.getProperty("os.name"), System.getProperty("os.version"), Runtime.version());
    line("load      %s (1, 5, 15 minutes before the start); run at %s", load(), priority());
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  void line(String format, Object... arguments) {
    String line = String.format(Locale.ROOT, format, arguments);
    System.out.println(line);
    text.append(line).append('\n');
  }

  /// The generator was not able to do what it should: no number of this run counts.
  void notRun(String why) {
    counts = false;
    line("NOT RUN   %s", why);
  }

  /// Whether its numbers may be kept.
  boolean counts() {
    return counts;
  }

  String text() {
    return text.toString();
  }

  static String load() throws IOException {
    String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
    return String.join(" ", List.of(fields).subList(0, 3));
  }

  /// The priority that the server and the generator inherit; others may work on the same machine.
  private static String priority() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
    String realTime = fields.get(37);
    return realTime.equals("0") ? "nice " + fields.get(16) : "real-time priority " + realTime;
  }

  private static String processor() throws IOException {
    return value(Path.of("/proc/cpuinfo"), "model name");
  }

  private static String memory() throws IOException {
    String kilobytes = value(Path.of("/proc/meminfo"), "MemTotal").replace(" kB", "");
    return Long.parseLong(kilobytes) / 1024 / 1024 + " GiB";
  }

  private static String value(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
