package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Again;
import io.tipring.conformance.peer.Baresip;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.SharedTipring;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.relay.BadLine;
import io.tipring.conformance.relay.LossyRelay;
import io.tipring.testkit.sound.ToneProbe;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Calls over a line that loses, delays and reorders.
@Tag("long")
@Needs({Peer.SIPP, Peer.BARESIP})
class BadNetworkTest {
  private static final long SEED = 20_261_121;
  private static final BadLine BAD =
      new BadLine(0.10, Duration.ofMillis(30), 0.05, Duration.ofMillis(45), SEED);
  @RegisterExtension private static final SharedTipring TIPRING = SharedTipring.of("256m");

  @Test
  void callerHearsItselfThroughABadLine() {
    boolean heard = Again.untilHeard(BadNetworkTest::isHeardThroughABadLine, well -> well);
    assertThat(heard).as("seed %d", SEED).isTrue();
  }

  private static boolean isHeardThroughABadLine() {
    try (LossyRelay relay = new LossyRelay(TIPRING.sipPort(), BAD);
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", true)) {
      phone.dial("sip:echo@127.0.0.1:" + relay.port());
      phone.awaitHeard(Duration.ofSeconds(4));
      phone.hangUp();
      assertThat(relay.lost()).as("seed %d", SEED).isPositive();
      return ToneProbe.of(phone.heard()).hears(Baresip.TONE_HERTZ);
    }
  }

  /// 20 calls at 10 % loss lose about 14 messages; retransmission has to bring every one of them to
  /// its end.
  @Test
  void everyCallComesToItsEndThroughABadLine() {
    try (LossyRelay relay = new LossyRelay(TIPRING.sipPort(), BAD)) {
      Sipp.Result result =
          Sipp.call("caller-talks-and-hangs-up", "echo", relay.port())
              .times(20, 5, Duration.ofSeconds(1))
              .run();
      assertThat(result.passed()).as(() -> "seed " + SEED + "\n" + result.story()).isTrue();
      assertThat(result.statistics().total("Retransmissions(C)")).isPositive();
    }
  }
}
