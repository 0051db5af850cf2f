package io.tipring.conformance.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Await;
import io.tipring.conformance.peer.RefereeReport;
import io.tipring.conformance.peer.SharedTipring;
import io.tipring.testkit.story.Campaign;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The exchange answers whatever was thrown at it before, out of 128 MB of heap, and does not fill
/// the log.
@Tag("long")
@ExtendWith(RefereeReport.class)
class WireAbuseTest {
  private static final long SEED = 20_000;
  private static final int MESSAGES = Campaign.current() == Campaign.QUICK ? 4_000 : 20_000;

  /// So many messages as datagrams, then one as a stream.
  private static final int DATAGRAMS = 6;

  private static final int ASK_EVERY = 200;
  @RegisterExtension private static final SharedTipring TIPRING = SharedTipring.of("128m");

  /// A line may be read late: the lines are counted over all that was thrown, one for each at most.
  private final long linesBefore = TIPRING.process().lineCount();

  private long thrown;

  @Test
  void answersAfterEachExtremeMessage() {
    try (Prober prober = new Prober(TIPRING.sipPort())) {
      for (Map.Entry<String, byte[]> extreme : Extremes.datagrams().entrySet()) {
        thrown += 2;
        prober.throwDatagram(extreme.getValue());
        assertThat(prober.answersDatagrams()).as("UDP after %s", extreme.getKey()).isTrue();
        prober.throwStream(extreme.getValue());
        assertThat(prober.answersStreams()).as("TCP after %s", extreme.getKey()).isTrue();
        fewLinesAreLogged(extreme.getKey());
      }
    }
    assertThat(TIPRING.process().alive()).isTrue();
  }

  @Test
  void answersAfterEachExtremeStream() {
    try (Prober prober = new Prober(TIPRING.sipPort())) {
      for (Map.Entry<String, byte[]> extreme : Extremes.streams().entrySet()) {
        thrown++;
        prober.throwStream(extreme.getValue());
        assertThat(prober.answersStreams()).as("TCP after %s", extreme.getKey()).isTrue();
        assertThat(prober.answersDatagrams()).as("UDP after %s", extreme.getKey()).isTrue();
        fewLinesAreLogged(extreme.getKey());
      }
    }
    assertThat(TIPRING.process().alive()).isTrue();
  }

  @Test
  void answersWhileMutatedMessagesPourIn(RefereeReport.Figures report) {
    Random random = new Random(SEED);
    try (Prober prober = new Prober(TIPRING.sipPort())) {
      for (int i = 0; i < MESSAGES; i++) {
        thrown++;
        byte[] bytes =
            Mutation.of(Messages.honest(random.nextInt(Messages.HONEST.size()), i), random);
        if (i % (DATAGRAMS + 1) == DATAGRAMS) {
          prober.throwStream(bytes);
        } else {
          prober.throwDatagram(bytes);
        }
        if (i % ASK_EVERY == 0) {
          assertThat(prober.answersDatagrams()).as("UDP, seed %d, message %d", SEED, i).isTrue();
          assertThat(prober.answersStreams()).as("TCP, seed %d, message %d", SEED, i).isTrue();
        }
      }
      assertThat(prober.answersDatagrams()).isTrue();
      assertThat(prober.answersStreams()).isTrue();
    }
    assertThat(TIPRING.process().alive()).isTrue();
    fewLinesAreLogged("mutated messages");
    report.line(
        "abuse: %,d messages, %,d log lines, %,.0f calls made"
            .formatted(MESSAGES, linesLogged(), meter("tipring_calls_total")));
    if (Campaign.current() != Campaign.QUICK) {
      everyCallEnds();
    }
  }

  private void fewLinesAreLogged(String after) {
    assertThat(linesLogged())
        .as(() -> "log lines after " + after + ":\n" + TIPRING.process().tail(20))
        .isLessThanOrEqualTo(thrown);
  }

  private long linesLogged() {
    return TIPRING.process().lineCount() - linesBefore;
  }

  /// Mutated INVITEs that are still good make calls whose ACK never comes: each ends after 64*T1,
  /// 32 s.
  private static void everyCallEnds() {
    boolean over =
        Await.until(
            Duration.ofSeconds(60),
            () -> meter("tipring_calls") == 0 && meter("tipring_rtp_ports_used") == 0);
    assertThat(over).as(() -> "calls that never end: " + TIPRING.meters()).isTrue();
  }

  private static double meter(String name) {
    return TIPRING.meters().getOrDefault(name, Double.NaN);
  }
}
