package io.tipring.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Sound: CPU per call of many `echo` calls at once, how late the media workers are, and what is
/// lost.
final class EchoBench implements Benchmark {
  private static final int PORT = 15_090;
  private static final int CALLS = 500;

  /// The server's lateness is of the last minute: its start, with all the compiling, must be over.
  private static final Duration SETTLE = Duration.ofSeconds(25);

  private static final Duration ASKING = Duration.ofSeconds(3);
  private static final Duration TALK = Duration.ofSeconds(30);

  /// Beyond this the generator itself makes the jitter that it measures.
  private static final double LATEST_MILLIS = 10;

  @Override
  public String about() {
    return "media CPU per call for " + CALLS + " concurrent echo calls, lateness, loss";
  }

  @Override
  public void run(Report report, Path folder) throws IOException, InterruptedException {
    report.line(
        "load      %d calls of G.711 in 20 ms packets, both ways, by a generator of its own in this process",
        CALLS);
    report.line("goal      0.08 %% of a core per bridged call, so 0.04 %% a leg");
    try (Tipring tipring = Tipring.start(folder, PORT);
        EchoLoad load = new EchoLoad(PORT, CALLS)) {
      load.answerAll();
      report.line("calls     %d, after %d were told to come again (503)", CALLS, load.turnedAway());
      load.talk(SETTLE);
      Map<String, Double> metersBefore = metersWhileTalking(tipring, load);
      EchoLoad.Counts before = load.counts();
      load.forgetLateness();
      Map<String, Double> threadsBefore = tipring.process().cpuSecondsByThread();
      double cpuBefore = tipring.process().cpuSeconds();
      long begin = System.nanoTime();
      load.talk(TALK);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double cpu = tipring.process().cpuSeconds() - cpuBefore;
      Map<String, Double> threads = tipring.process().cpuSecondsByThread();
      EchoLoad.Counts after = load.counts();
      health(report, load);
      print(
          report,
          metersWhileTalking(tipring, load),
          metersBefore,
          after.minus(before),
          cpu / seconds);
      whatEatsIt(report, threads, threadsBefore, seconds);
    }
    report.line("load      %s (after)", Report.load());
  }

  /// Asking takes a second, and nobody may fall silent meanwhile.
  private static Map<String, Double> metersWhileTalking(Tipring tipring, EchoLoad load)
      throws IOException, InterruptedException {
    FutureTask<Map<String, Double>> meters = new FutureTask<>(tipring::meters);
    Thread.ofPlatform().name("meters").start(meters);
    load.talk(ASKING);
    try {
      return meters.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static void whatEatsIt(
      Report report, Map<String, Double> threads, Map<String, Double> before, double seconds) {
    threads.entrySet().stream()
        .map(thread ->
            Map.entry(
                thread.getKey(), thread.getValue() - before.getOrDefault(thread.getKey(), 0.0)))
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(5)
        .forEach(thread ->
            report.line(
                "thread    %-16s %.3f %% of a core per call",
                thread.getKey(), thread.getValue() * 100 / seconds / CALLS));
  }

  private static void print(
      Report report,
      Map<String, Double> meters,
      Map<String, Double> before,
      EchoLoad.Counts counts,
      double cores) {
    report.line(
        "CPU       %.2f cores for %d calls: %.3f %% of a core per call",
        cores, CALLS, cores * 100 / CALLS);
    report.line("sent      %d packets, echoed back %d", counts.sent(), counts.received());
    for (String name :
        new String[] {"tipring_rtp_packets_in_total", "tipring_rtp_packets_out_total"}) {
      report.line(
          "server    %s +%.0f",
          name, meters.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0));
    }
    meters.forEach((name, value) -> {
      if (name.startsWith("tipring_media_late")
          || name.contains("failures")
          || name.contains("kernel")) {
        report.line("server    %s %.0f", name, value);
      }
    });
  }

  private static void health(Report report, EchoLoad load) {
    report.line(
        "generator late p50 %.2f ms, p99 %.2f ms, max %.2f ms",
        load.lateMillis(0.5), load.lateMillis(0.99), load.lateMillis(1));
    if (load.lateMillis(0.99) > LATEST_MILLIS) {
      report.notRun("the generator was late: p99 over " + LATEST_MILLIS + " ms");
    }
  }
}
