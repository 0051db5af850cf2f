package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Again;
import io.tipring.conformance.peer.Baresip;
import io.tipring.conformance.peer.Child;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.Ports;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.relay.BadLine;
import io.tipring.conformance.relay.LossyRelay;
import io.tipring.testkit.sound.ToneProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The referees judge each other: what they report of us counts only if they can tell a good call
/// from a bad one.
@Needs({Peer.SIPP, Peer.BARESIP})
class RefereesTest {
  @Test
  void baresipHearsItselfThroughSipp() {
    ToneProbe heard =
        Again.untilHeard(RefereesTest::heardThroughSipp, sound -> sound.hears(Baresip.TONE_HERTZ));
    assertThat(heard.hears(Baresip.TONE_HERTZ)).isTrue();
    assertThat(heard.hears(1000)).isFalse();
  }

  private static ToneProbe heardThroughSipp() {
    int port = Ports.free();
    try (Child answering = Sipp.answering(port);
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", true)) {
      assertThat(answering.alive()).isTrue();
      phone.dial("sip:anybody@127.0.0.1:" + port);
      phone.awaitHeard(Duration.ofSeconds(2));
      phone.hangUp();
      return ToneProbe.of(phone.heard());
    }
  }

  @Test
  void sippTellsAGoodCallFromABadOne() {
    int port = Ports.free();
    try (Child answering = Sipp.answering(port)) {
      assertThat(Sipp.call("caller-talks-and-hangs-up", "anybody", port).run().passed()).isTrue();
      assertThat(Sipp.call("request-after-the-call", "anybody", port).run().passed()).isFalse();
      assertThat(answering.alive()).isTrue();
    }
  }

  @Test
  void theBadLineLosesWhatItIsToldToAndCarriesTheRest() {
    ToneProbe heard =
        Again.untilHeard(
            RefereesTest::heardThroughABadLine, sound -> sound.hears(Baresip.TONE_HERTZ));
    assertThat(heard.hears(Baresip.TONE_HERTZ)).isTrue();
  }

  private static ToneProbe heardThroughABadLine() {
    int port = Ports.free();
    BadLine bad = new BadLine(0.1, Duration.ofMillis(20), 0.05, Duration.ofMillis(30), 7);
    try (Child answering = Sipp.answering(port);
        LossyRelay relay = new LossyRelay(port, bad);
        Baresip phone = Baresip.start("127.0.0.1", "pcmu/8000,pcma/8000", true)) {
      assertThat(answering.alive()).isTrue();
      phone.dial("sip:anybody@127.0.0.1:" + relay.port());
      phone.awaitHeard(Duration.ofSeconds(3));
      phone.hangUp();
      assertThat((double) relay.lost() / (relay.lost() + relay.carried())).isBetween(0.03, 0.2);
      return ToneProbe.of(phone.heard());
    }
  }
}
