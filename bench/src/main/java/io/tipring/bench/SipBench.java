package io.tipring.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Signalling: CPU per call beside Kamailio, which answers the same calls with transactions only,
/// in the same run.
final class SipBench implements Benchmark {
  private static final int TIPRING_PORT = 15_060;
  private static final int KAMAILIO_PORT = 15_070;
  private static final int SECONDS = 12;
  private static final int[] RATES = {200, 500};

  @Override
  public String about() {
    return "CPU per 1,000 calls beside Kamailio answering 200 statefully, at the same rates";
  }

  @Override
  public void run(Report report, Path folder) throws IOException, InterruptedException {
    report.line(
        "call      INVITE, (100, 180,) 200, ACK, talk, BYE, 200 by SIPp 3.6 on UDP, loopback; sound agreed as inactive");
    report.line(
        "beside    Kamailio: tm, 2 workers, no dialogs, no SDP; Tipring: whole calls of `echo`, a port and a pipeline each");
    report.line("goal      not more CPU than Kamailio; 0.3 s per 1,000 whole calls");
    try (Tipring tipring = Tipring.start(folder, TIPRING_PORT, "rtp.rest_seconds=1");
        Child kamailio = kamailio(folder)) {
      SippRun.call(
          folder, TIPRING_PORT, 500, 40, Duration.ZERO); // The compiler gets its calls first.
      report.line("warm-up   20,000 calls for Tipring at 500/s");
      report.line("");
      report.line(
          "%-9s %5s %7s %8s %7s %7s %7s %11s",
          "server", "talk", "calls/s", "reached", "ok", "failed", "resent", "CPU s/1000");
      for (Duration talk : List.of(Duration.ZERO, Duration.ofSeconds(1))) {
        for (int rate : RATES) {
          measure(
              report, folder, new Subject("tipring", tipring.process(), TIPRING_PORT), rate, talk);
          measure(report, folder, new Subject("kamailio", kamailio, KAMAILIO_PORT), rate, talk);
        }
      }
      whatEatsIt(report, folder, tipring);
      report.line("");
      tipring
          .meters()
          .forEach((name, value) -> {
            boolean telling =
                name.startsWith("tipring_lane")
                    || name.startsWith("tipring_calls")
                    || name.contains("shed");
            if (telling && value != 0) {
              report.line("meter     %s %s", name, value);
            }
          });
    }
    report.line("load      %s (after)", Report.load());
  }

  private static void whatEatsIt(Report report, Path folder, Tipring tipring)
      throws IOException, InterruptedException {
    int rate = RATES[RATES.length - 1];
    Map<String, Double> before = tipring.process().cpuSecondsByThread();
    SippRun run = SippRun.call(folder, TIPRING_PORT, rate, SECONDS, Duration.ZERO);
    report.line("");
    report.line(
        "what eats it: Tipring's threads at %d calls/s, talk 0 s, CPU seconds per 1,000 calls",
        rate);
    tipring.process().cpuSecondsByThread().entrySet().stream()
        .map(thread ->
            Map.entry(
                thread.getKey(), thread.getValue() - before.getOrDefault(thread.getKey(), 0.0)))
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(8)
        .forEach(thread ->
            report.line(
                "  %-16s %6.3f",
                thread.getKey(), thread.getValue() * 1000 / Math.max(1, run.succeeded())));
  }

  private record Subject(String name, Child process, int port) {}

  private static void measure(Report report, Path folder, Subject subject, int rate, Duration talk)
      throws IOException, InterruptedException {
    double before = subject.process().cpuSeconds();
    SippRun run = SippRun.call(folder, subject.port(), rate, SECONDS, talk);
    double cpu = subject.process().cpuSeconds() - before;
    report.line(
        "%-9s %4ds %7d %8.1f %7d %7d %7d %11.3f%s",
        subject.name(),
        talk.toSeconds(),
        rate,
        run.reached(),
        run.succeeded(),
        run.failed(),
        run.retransmissions(),
        cpu * 1000 / Math.max(1, run.succeeded()),
        run.healthy() ? "" : "   not run: the generator was late");
  }

  private static Child kamailio(Path folder) throws IOException, InterruptedException {
    Path config = folder.resolve("kamailio.cfg");
    try (InputStream resource = SipBench.class.getResourceAsStream("kamailio.cfg")) {
      String text =
          resource == null ? "" : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(config, text.replace("PORT", Integer.toString(KAMAILIO_PORT)));
    }
    Child kamailio =
        Child.start(
            folder,
            List.of(
                "kamailio",
                "-f",
                config.toString(),
                "-DD",
                "-E",
                "-m",
                "128",
                "-Y",
                folder.toString()));
    SipPing.await(KAMAILIO_PORT, Duration.ofSeconds(10));
    return kamailio;
  }
}
