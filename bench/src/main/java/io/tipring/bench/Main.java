package io.tipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `./tipring bench NAME...`: runs benchmarks and prints their reports; `--save` writes them to
/// `bench/results` too, unless they are *not run*.
public final class Main {
  private static final String SAVE = "--save";
  private static final int EXIT_NOT_RUN = 1;
  private static final int EXIT_BAD_ARGUMENT = 2;
  private static final Path RESULTS = Path.of("bench", "results");

  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "sip", new SipBench(),
              "parser", new ParserBench.Run(),
              "echo", new EchoBench(),
              "control", new ControlBench(),
              "start", new StartBench(),
              "world", new WorldBench()));

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> names = List.of(args).stream().filter(name -> !name.equals(SAVE)).toList();
    if (names.contains("help")) {
      help();
      return;
    }
    Optional<String> unknown = names.stream().filter(name -> !ALL.containsKey(name)).findFirst();
    if (unknown.isPresent()) {
      System.err.println(
          "tipring: no benchmark is called '"
              + unknown.get()
              + "'; ./tipring bench help lists them");
      System.exit(EXIT_BAD_ARGUMENT);
    }
    boolean allRun = true;
    for (Map.Entry<String, Benchmark> entry : ALL.entrySet()) {
      if (names.isEmpty() || names.contains(entry.getKey())) {
        Report report = run(entry.getKey(), entry.getValue());
        allRun &= report.counts();
        if (List.of(args).contains(SAVE) && report.counts()) {
          Files.createDirectories(RESULTS);
          Files.writeString(RESULTS.resolve(entry.getKey() + ".txt"), report.text());
        }
      }
    }
    System.exit(allRun ? 0 : EXIT_NOT_RUN);
  }

  /// One that cannot be run here, because its peer or its generator is missing, says so and does
  /// not keep the others from running.
  private static Report run(String name, Benchmark benchmark)
      throws IOException, InterruptedException {
    Report report = new Report(name, benchmark.about());
    Path folder = Files.createTempDirectory("tipring-bench");
    try {
      benchmark.run(report, folder);
    } catch (IOException e) {
      report.notRun(String.valueOf(e.getMessage()));
    } finally {
      delete(folder);
    }
    return report;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void help() {
    System.out.println("Usage: ./tipring bench [NAME...] [--save]\n");
    ALL.forEach((name, benchmark) -> System.out.printf("  %-8s %s%n", name, benchmark.about()));
  }
}
