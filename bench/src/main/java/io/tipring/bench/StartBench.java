package io.tipring.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long until the exchange answers, from the start of its process.
final class StartBench implements Benchmark {
  private static final int STARTS = 7;
  private static final int PORT = 15_080;

  @Override
  public String about() {
    return "time from the start of the process to the line `ready` and to the first SIP answer";
  }

  @Override
  public void run(Report report, Path folder) throws IOException, InterruptedException {
    report.line("goal      ready within 1 s");
    List<Long> ready = new ArrayList<>();
    List<Long> answers = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      try (Tipring _ = Tipring.start(folder, PORT + i)) {
        ready.add(millisSince(begin));
        SipPing.await(PORT + i, Duration.ofSeconds(5));
        answers.add(millisSince(begin));
        report.line(
            "start %d   ready %d ms, SIP answer %d ms, load %s",
            i + 1, ready.getLast(), answers.getLast(), Report.load());
      }
    }
    report.line(
        "median    ready %d ms, SIP answer %d ms (of %d starts)",
        median(ready), median(answers), STARTS);
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
