package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Again;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.SharedTipring;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.peer.Tones;
import io.tipring.conformance.relay.BadLine;
import io.tipring.conformance.relay.LossyRelay;
import io.tipring.testkit.sound.ToneProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// SIPp cannot listen, so a relay without faults does it on the line between.
@Tag("long")
@Needs(Peer.SIPP)
class ListeningTest {
  private static final BadLine GOOD = new BadLine(0, Duration.ZERO, 0, Duration.ZERO, 1);
  @RegisterExtension private static final SharedTipring TIPRING = SharedTipring.of("256m");

  @Test
  void echoSendsBackTheCallersTone() {
    ToneProbe heard =
        Again.untilHeard(
            () -> heard("caller-talks-and-hangs-up", "echo"),
            sound -> sound.hears(Sipp.TONE_HERTZ));
    assertThat(heard.hears(Sipp.TONE_HERTZ)).isTrue();
    assertThat(heard.hears(1000)).isFalse();
  }

  @Test
  void toneSendsItsToneAndNotTheCallers() {
    ToneProbe heard =
        Again.untilHeard(
            () -> heard("caller-talks-and-hangs-up", "tone"), sound -> sound.hears(1000));
    assertThat(heard.hears(1000)).isTrue();
    assertThat(heard.hears(Sipp.TONE_HERTZ)).isFalse();
  }

  @Test
  void keysThatComeByInfoAreAnsweredWithTheirTones() {
    String keys =
        Again.untilHeard(
            () -> heard("caller-presses-keys-by-info", "digits").digits(), "5#"::equals);
    assertThat(keys).isEqualTo("5#");
  }

  @Test
  void packetsAreAsLongAsTheCallerLikesThem() {
    assertThat(call("caller-wants-long-packets", "tone"))
        .isNotEmpty()
        .allSatisfy(packet -> assertThat(packet).hasSize(240));
  }

  /// The scenario holds for 1.5 s. What comes after the pause proves that the call was taken back.
  @Test
  void aHoldIsSilence() {
    try (LossyRelay relay = new LossyRelay(TIPRING.sipPort(), GOOD)) {
      Sipp.Result result = Sipp.call("caller-holds-and-resumes", "tone", relay.port()).run();
      assertThat(result.passed()).as(result::story).isTrue();
      assertThat(relay.longestPauseOfExchangeMillis()).isGreaterThan(1_200);
    }
  }

  private static ToneProbe heard(String scenario, String user) {
    return ToneProbe.of(Tones.decoded(call(scenario, user)));
  }

  private static List<byte[]> call(String scenario, String user) {
    try (LossyRelay relay = new LossyRelay(TIPRING.sipPort(), GOOD)) {
      Sipp.Result result = Sipp.call(scenario, user, relay.port()).run();
      assertThat(result.passed()).as(result::story).isTrue();
      return relay.sentByExchange();
    }
  }
}
