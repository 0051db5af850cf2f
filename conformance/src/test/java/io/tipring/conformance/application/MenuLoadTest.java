package io.tipring.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tipring.conformance.peer.Await;
import io.tipring.conformance.peer.Example;
import io.tipring.conformance.peer.Example.Language;
import io.tipring.conformance.peer.MachineWatch;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.RefereeReport;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.peer.Tipring;
import io.tipring.testkit.story.Campaign;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// SIPp makes 50 calls a second into the menu in Node. Every caller chooses 3 and types four digits
/// that nobody else types; what the application wrote down says whether it heard them.
@Tag("long")
@Needs({Peer.SIPP, Peer.NODE})
class MenuLoadTest {
  private static final int RATE = 50;
  private static final int SECONDS = Integer.getInteger("tipring.load.seconds", usual());
  private static final Duration HEAR = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// When others take more than this of the machine the exchange is right to turn calls away.
  private static final double OTHERS = 0.25;

  private static final Pattern WANTED =
      Pattern.compile(
          "\\S+ (<|> \\{\"id\":\"[^\"]*\",\"type\":\"(session.started|operation.(succeeded|failed|cancelled))\").*");

  @Test
  void everyDigitOfEveryCallIsHeardAndEveryOperationEndsOnce(RefereeReport.Figures report) {
    try (Example example = Example.start(Language.NODE);
        Tipring tipring = Tipring.start("512m", "apps.menu=" + example.url())) {
      Sipp.call("caller-types-into-a-menu", "menu", tipring.sipPort())
          .times(100, 20, HEAR)
          .run(); // the JVM warms up
      Await.until(PATIENCE, () -> tipring.meters().get("tipring_sessions") == 0.0);
      int warm = example.printed().length();
      Sipp.Result load;
      String figures;
      double othersShare;
      try (MachineWatch watch = new MachineWatch(tipring)) {
        load =
            Sipp.call("caller-types-into-a-menu", "menu", tipring.sipPort())
                .times(RATE * SECONDS, RATE, HEAR)
                .run();
        othersShare = watch.othersShare();
        figures =
            "%.0f calls, %.0f failed, %.0f retransmissions, %d late seconds; %s"
                .formatted(
                    load.statistics().total("TotalCallCreated"),
                    load.statistics().total("FailedCall(C)"),
                    load.statistics().total("Retransmissions(C)"),
                    load.statistics().lateSeconds(RATE),
                    watch.worst());
      }
      report.line("menu load " + RATE + " calls/s for " + SECONDS + " s: " + figures);
      if (load.statistics().isLate(RATE, SECONDS)) {
        abort("SIPp was late, so the load was not what it should be: " + figures);
      }
      if (!load.passed() && othersShare > OTHERS) {
        abort("other programs took too much of the machine: " + figures);
      }
      assertThat(load.passed()).as(load::story).isTrue();
      assertThat(Await.until(PATIENCE, () -> tipring.meters().get("tipring_sessions") == 0.0))
          .as("all sessions are over")
          .isTrue();
      assertThat(tipring.meters()).containsEntry("tipring_lane_faults_total", 0.0);
      judge(example.printed().substring(warm), report);
    }
  }

  private static void judge(String printed, RefereeReport.Figures report) {
    Map<String, Trace> calls =
        Trace.of(
            printed
                .lines()
                .filter(line -> WANTED.matcher(line).matches())
                .collect(Collectors.joining("\n")));
    Set<String> callers = new TreeSet<>();
    int ended = 0;
    for (Map.Entry<String, Trace> call : calls.entrySet()) {
      Trace trace = call.getValue();
      callers.add(trace.from());
      assertThat(trace.fours()).as(call.getKey()).containsExactly(trace.from());
      assertThat(trace.ends().values()).as("%s %s", call.getKey(), trace.ends()).containsOnly(1);
      ended += trace.ends().size();
    }
    assertThat(callers).hasSize(RATE * SECONDS);
    report.line(
        "  four digits right in %d of %d calls; %d operations, each of which ended once"
            .formatted(callers.size(), RATE * SECONDS, ended));
  }

  private static int usual() {
    return switch (Campaign.current()) {
      case QUICK -> 5;
      case CI -> 15;
      case SOAK -> 60;
    };
  }
}
