package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.peer.SippStatistics;
import io.tipring.conformance.peer.Tipring;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// SIPp makes 100 calls a second, each of 5 s and with sound, so 500 talk at a time: none may fail and nothing unexpected
/// may come. `-Dtipring.load.seconds` says for how long; a minute where `CI` is set, else a quarter of it.
@Needs(Peer.SIPP)
class SippLoadTest {
  private static final int RATE = 100;
  private static final int SECONDS =
      Integer.getInteger("tipring.load.seconds", "true".equals(System.getenv("CI")) ? 60 : 15);
  private static final Duration TALK = Duration.ofSeconds(5);

  /// A generator that makes fewer than this share of its calls in a second is late in that second.
  private static final double ON_TIME = 0.9;

  @Test
  void hundredCallsASecondWithSoundAllGoWell(TestReporter reporter) {
    try (Tipring tipring = Tipring.start("512m")) {
      Sipp.call("caller-talks-and-hangs-up", "echo", tipring.sipPort()).times(200, 50, Duration.ofSeconds(1)).run();
      Sipp.Result load;
      String figures;
      try (Watch watch = new Watch(tipring)) {
        load = Sipp.call("caller-talks-and-hangs-up", "echo", tipring.sipPort())
            .times(RATE * SECONDS, RATE, TALK)
            .run();
        figures = figures(load.statistics(), tipring.meters()) + watch.worst();
      }
      reporter.publishEntry("load", figures);
      System.out.println("load " + RATE + " calls/s for " + SECONDS + " s: " + figures);
      if (isLate(load.statistics())) {
        abort("not run: SIPp was late, so the load was not what it should be: " + figures);
      }
      assertThat(load.passed()).as(load::story).isTrue();
      for (String unexpected : new String[] {"FailedUnexpectedMessage(C)", "OutOfCallMsgs(C)", "DeadCallMsgs(C)"}) {
        assertThat(load.statistics().total(unexpected)).as(unexpected + ", " + figures).isZero();
      }
      assertThat(load.statistics().total("SuccessfulCall(C)")).isEqualTo(RATE * SECONDS);
    }
  }

  /// Looks at the gauges four times a second and remembers the worst.
  private static final class Watch implements AutoCloseable {
    private static final String LAG = "tipring_lane_lag_seconds";
    private static final String CALLS = "tipring_calls";

    private final Tipring tipring;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private volatile double lag;
    private volatile double calls;

    Watch(Tipring tipring) {
      this.tipring = tipring;
      ScheduledFuture<?> _ = clock.scheduleAtFixedRate(this::look, 0, 250, TimeUnit.MILLISECONDS);
    }

    private void look() {
      Map<String, Double> meters = tipring.meters();
      lag = Math.max(lag, meters.getOrDefault(LAG, 0.0));
      calls = Math.max(calls, meters.getOrDefault(CALLS, 0.0));
    }

    String worst() {
      return "\n  worst lane lag seen %.1f ms, most calls at a time %.0f".formatted(lag * 1000, calls);
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }

  private static boolean isLate(SippStatistics statistics) {
    long lateSeconds = statistics.seconds("OutgoingCall(P)", calls -> calls > 0 && calls < RATE * ON_TIME);
    // The first and the last second are cut off.
    return lateSeconds > 2
        || statistics.secondsOfCalls("OutgoingCall(P)") > SECONDS * 1.05 + 1
        || statistics.total("WatchdogMinor(C)") + statistics.total("WatchdogMajor(C)") > 0;
  }

  private static String figures(SippStatistics statistics, Map<String, Double> meters) {
    StringBuilder figures = new StringBuilder("%.0f calls, %.0f failed, %.0f retransmissions, generator %.1f s, %d late seconds"
        .formatted(
            statistics.total("TotalCallCreated"),
            statistics.total("FailedCall(C)"),
            statistics.total("Retransmissions(C)"),
            statistics.secondsOfCalls("OutgoingCall(P)"),
            statistics.seconds("OutgoingCall(P)", calls -> calls > 0 && calls < RATE * ON_TIME)));
    meters.forEach((name, value) -> {
      if (name.matches(".*(lag|shed|gc|late|rtp|calls).*")) {
        figures.append("\n  ").append(name).append(' ').append(value);
      }
    });
    return figures.toString();
  }
}
