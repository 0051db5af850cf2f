package io.tipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `./tipring bench NAME...`: runs benchmarks and prints their reports; `--save` writes them to
/// `bench/results` too.
public final class Main {
  private static final String SAVE = "--save";
  private static final Path RESULTS = Path.of("bench", "results");

  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "sip", new SipBench(),
              "parser", new ParserBench.Run(),
              "echo", new EchoBench(),
              "start", new StartBench(),
              "world", new WorldBench()));

  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> names = List.of(args).stream().filter(name -> !name.equals(SAVE)).toList();
    if (names.contains("help") || !ALL.keySet().containsAll(names)) {
      help();
      return;
    }
    for (Map.Entry<String, Benchmark> entry : ALL.entrySet()) {
      String name = entry.getKey();
      if (!names.isEmpty() && !names.contains(name)) {
        continue;
      }
      Report report = new Report(name, entry.getValue().about());
      entry.getValue().run(report);
      if (List.of(args).contains(SAVE)) {
        Files.createDirectories(RESULTS);
        Files.writeString(RESULTS.resolve(name + ".txt"), report.text());
      }
    }
  }

  private static void help() {
    System.out.println("Usage: ./tipring bench [NAME...] [--save]\n");
    ALL.forEach((name, benchmark) -> System.out.printf("  %-8s %s%n", name, benchmark.about()));
  }
}
