package io.tipring.bench;

import io.tipring.bench.Callers.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Applications: how soon they are heard, how many operations go through a session, what a call of
/// a menu and a session that waits cost.
final class ControlBench implements Benchmark {
  private static final int PORT = 15_110;
  private static final int LATEST_MILLIS = 20;
  private static final Manner LISTENS = new Manner(false, Duration.ofSeconds(2));
  private static final Manner PRESSES = new Manner(true, Duration.ofSeconds(3));
  private static final int CALLS = 200;
  private static final int IDLE = 1_000;

  /// Of them, those that come slowly: a new process compiles first.
  private static final int COLD = 50;

  private static final Duration LOADED = Duration.ofSeconds(10);
  private static final Duration WATCHED = Duration.ofSeconds(30);

  @Override
  public String about() {
    return "applications: answer to first sound, operations/s, CPU per menu call, cost of a session";
  }

  @Override
  public void run(Report report, Path folder) throws IOException, InterruptedException {
    report.line(
        "peer      none: Debian has no jambonz, and neither Asterisk's nor Kamailio's own means do this");
    report.line(
        "remote    applications over WebSocket on loopback, by an event loop in this process; ivr runs in the exchange");
    try (RemoteApplications remote = new RemoteApplications()) {
      try (Tipring tipring = start(folder, PORT, remote)) {
        firstSound(report, tipring);
        menuCalls(report, tipring, remote);
      }
      try (Tipring tipring = start(folder, PORT + 1, remote)) {
        operations(report, tipring, remote, 1);
        operations(report, tipring, remote, 20);
      }
      idle(report, folder, remote);
      if (remote.wrong() > 0) {
        report.notRun(remote.wrong() + " operations or keys were not what they should be");
      }
    }
    report.line("load      %s (after)", Report.load());
  }

  private static Tipring start(Path folder, int port, RemoteApplications remote)
      throws IOException, InterruptedException {
    return Tipring.start(
        folder,
        port,
        remote.setting("tone"),
        remote.setting("say"),
        remote.setting("menu"),
        remote.setting("busy"),
        remote.setting("ring"),
        "apps.ring=ring",
        "limits.calls=3000",
        "limits.unanswered_seconds=3600");
  }

  private static void firstSound(Report report, Tipring tipring) throws IOException {
    try (Callers first = new Callers(tipring.sipPort())) {
      first.call("remote-say", LISTENS, 1, 1);
      report.line(
          "first     call after the start, remote, speech: %.0f ms from the answer to the first word",
          first.heardMillis().at(1));
    }
    try (Callers warm = new Callers(tipring.sipPort())) {
      for (String user : List.of("remote-tone", "remote-say", "ivr")) {
        warm.call(user, LISTENS, CALLS / 2, 20);
      }
    }
    for (String user : List.of("remote-tone", "remote-say", "ivr")) {
      try (Callers callers = new Callers(tipring.sipPort())) {
        callers.call(user, LISTENS, CALLS, 10);
        Samples heard = callers.heardMillis();
        report.line(
            "sound     %-12s %d calls, 10/s: from the answer to the first sound p50 %.1f ms, p95 %.1f ms, max %.1f ms",
            user, heard.count(), heard.at(0.5), heard.at(0.95), heard.at(1));
        health(report, callers);
      }
    }
  }

  private static void menuCalls(Report report, Tipring tipring, RemoteApplications remote)
      throws IOException {
    for (String user : List.of("tone", "ivr", "remote-menu")) {
      long ended = remote.ended();
      try (Callers callers = new Callers(tipring.sipPort())) {
        callers.call(user, PRESSES, CALLS / 2, 20); // the compilers' turn
        double cpu = tipring.process().cpuSeconds();
        callers.call(user, PRESSES, 2 * CALLS, 20);
        report.line(
            "CPU       %-12s %.2f ms per call: answer, prompt, one key, an answer to it, hung up after 3 s; 20/s",
            user, (tipring.process().cpuSeconds() - cpu) * 1_000 / (2 * CALLS));
        health(report, callers);
      }
      if (user.equals("remote-menu")) {
        report.line("menu      %d operations ended as they should", remote.ended() - ended);
      }
    }
  }

  private static void operations(
      Report report, Tipring tipring, RemoteApplications remote, int sessions)
      throws IOException, InterruptedException {
    try (Callers callers = new Callers(tipring.sipPort())) {
      callers.ring("remote-busy", sessions, 20);
      callers.pass(LOADED);
      long ended = remote.ended();
      double cpu = tipring.process().cpuSeconds();
      long begin = System.nanoTime();
      callers.pass(LOADED);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double used = tipring.process().cpuSeconds() - cpu;
      long done = remote.ended() - ended;
      report.line(
          "through   %d session(s), 16 operations in progress each: %.0f operations/s, %.1f us of CPU each",
          sessions, done / seconds, used * 1e6 / done);
    }
  }

  private static void idle(Report report, Path folder, RemoteApplications remote)
      throws IOException, InterruptedException {
    long sessions = remote.sessions();
    Cost without = cost(folder, PORT + 2, remote, "ring");
    Cost with = cost(folder, PORT + 3, remote, "remote-ring");
    if (remote.sessions() - sessions < IDLE) {
      report.notRun("only " + (remote.sessions() - sessions) + " sessions were made");
    }
    report.line(
        "idle      %d ringing calls: heap %.1f MiB, %.2f s of CPU in %d s; with a session each %.1f MiB, %.2f s",
        IDLE,
        without.mebibytes,
        without.cpuSeconds,
        WATCHED.toSeconds(),
        with.mebibytes,
        with.cpuSeconds);
    report.line(
        "idle      a session that waits: %.1f KiB of heap, %.4f %% of a core",
        (with.mebibytes - without.mebibytes) * 1024 / IDLE,
        (with.cpuSeconds - without.cpuSeconds) * 100 / WATCHED.toSeconds() / IDLE);
  }

  /// @param mebibytes of heap that calls added, after a collection
  /// @param cpuSeconds while nothing happened
  private record Cost(double mebibytes, double cpuSeconds) {}

  private static Cost cost(Path folder, int port, RemoteApplications remote, String user)
      throws IOException, InterruptedException {
    try (Tipring tipring = start(folder, port, remote);
        Callers callers = new Callers(port)) {
      double empty = tipring.liveMebibytes();
      callers.ring(user, COLD, 5);
      callers.ring(user, IDLE - COLD, 50);
      callers.pass(LOADED);
      double full = tipring.liveMebibytes();
      double cpu = tipring.process().cpuSeconds();
      callers.pass(WATCHED);
      return new Cost(full - empty, tipring.process().cpuSeconds() - cpu);
    }
  }

  private static void health(Report report, Callers callers) {
    Samples late = callers.lateMillis();
    report.line(
        "generator late p50 %.2f ms, p99 %.2f ms, max %.2f ms; %d calls were told to come again (503, 480, 603)",
        late.at(0.5), late.at(0.99), late.at(1), callers.turnedAway());
    if (late.at(0.99) > LATEST_MILLIS) {
      report.notRun("the generator was late: p99 over " + LATEST_MILLIS + " ms");
    }
  }
}
