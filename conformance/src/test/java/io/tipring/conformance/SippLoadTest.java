package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tipring.conformance.peer.MachineWatch;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.RefereeReport;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.peer.SippStatistics;
import io.tipring.conformance.peer.Tipring;
import io.tipring.testkit.story.Campaign;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// SIPp makes 100 calls a second, each of 5 s and with sound, so 500 talk at a time: none may fail
/// and nothing unexpected may come. `-Dtipring.load.seconds` says for how long, the campaign
/// otherwise: a minute, ten seconds when quick.
@Tag("long")
@Needs(Peer.SIPP)
class SippLoadTest {
  private static final int RATE = 100;
  private static final int SECONDS = Integer.getInteger("tipring.load.seconds", usual());
  private static final Duration TALK = Duration.ofSeconds(5);

  /// When others take more than this of the machine the exchange is right to turn calls away.
  private static final double OTHERS = 0.25;

  @Test
  void hundredCallsASecondWithSoundAllGoWell(RefereeReport.Figures report) {
    try (Tipring tipring = Tipring.start("512m")) {
      Sipp.call("caller-talks-and-hangs-up", "echo", tipring.sipPort())
          .times(200, 50, Duration.ofSeconds(1))
          .run();
      Sipp.Result load;
      String figures;
      double othersShare;
      try (MachineWatch watch = new MachineWatch(tipring)) {
        load =
            Sipp.call("caller-talks-and-hangs-up", "echo", tipring.sipPort())
                .times(RATE * SECONDS, RATE, TALK)
                .run();
        figures = figures(load.statistics(), tipring.meters()) + "\n  " + watch.worst();
        othersShare = watch.othersShare();
      }
      report.line("load " + RATE + " calls/s for " + SECONDS + " s: " + figures);
      if (load.statistics().isLate(RATE, SECONDS)) {
        abort("SIPp was late, so the load was not what it should be: " + figures);
      }
      boolean clean = load.passed() && unexpected(load.statistics()).isEmpty();
      if (!clean && othersShare > OTHERS) {
        abort("other programs took too much of the machine: " + figures);
      }
      assertThat(load.passed()).as(load::story).isTrue();
      assertThat(unexpected(load.statistics())).as(figures).isEmpty();
      assertThat(load.statistics().total("SuccessfulCall(C)")).isEqualTo(RATE * SECONDS);
    }
  }

  /// Messages that the scenario has no place for.
  private static List<String> unexpected(SippStatistics statistics) {
    return Stream.of("FailedUnexpectedMessage(C)", "OutOfCallMsgs(C)", "DeadCallMsgs(C)")
        .filter(counter -> statistics.total(counter) > 0)
        .toList();
  }

  private static int usual() {
    return switch (Campaign.current()) {
      case QUICK -> 10;
      case CI -> 60;
      case SOAK -> 600;
    };
  }

  private static String figures(SippStatistics statistics, Map<String, Double> meters) {
    StringBuilder figures =
        new StringBuilder(
            "%.0f calls, %.0f failed, %.0f retransmissions, generator %.1f s, %d late seconds"
                .formatted(
                    statistics.total("TotalCallCreated"),
                    statistics.total("FailedCall(C)"),
                    statistics.total("Retransmissions(C)"),
                    statistics.secondsOfCalls("OutgoingCall(P)"),
                    statistics.lateSeconds(RATE)));
    meters.forEach((name, value) -> {
      if (name.matches(".*(lag|shed|gc|_late_|rtp|heap_used|cpu).*")) {
        figures.append("\n  ").append(name).append(' ').append(value);
      }
    });
    return figures.toString();
  }
}
