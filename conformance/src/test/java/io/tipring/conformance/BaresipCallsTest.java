package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tipring.conformance.peer.Again;
import io.tipring.conformance.peer.Baresip;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.SharedTipring;
import io.tipring.testkit.sound.ToneProbe;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A softphone that others wrote calls; what counts is what it records.
@Tag("long")
@Needs(Peer.BARESIP)
class BaresipCallsTest {
  private static final String PCMU_FIRST = "pcmu/8000,pcma/8000";
  private static final String PCMA_FIRST = "pcma/8000,pcmu/8000";
  @RegisterExtension private static final SharedTipring TIPRING = SharedTipring.of("256m");

  @Test
  void callerHearsItselfOverUdp() {
    callerHearsItself("127.0.0.1", PCMU_FIRST, "sip:echo@127.0.0.1:" + TIPRING.sipPort());
  }

  @Test
  void callerHearsItselfOverTcp() {
    callerHearsItself(
        "127.0.0.1", PCMU_FIRST, "sip:echo@127.0.0.1:" + TIPRING.sipPort() + ";transport=tcp");
  }

  @Test
  void callerThatPrefersAlawHearsItself() {
    callerHearsItself("127.0.0.1", PCMA_FIRST, "sip:echo@127.0.0.1:" + TIPRING.sipPort());
  }

  @Test
  void callerHearsItselfOverIpv6() {
    assumeTrue(Baresip.canIpv6(), "this machine has no IPv6 address that baresip takes");
    callerHearsItself("::1", PCMU_FIRST, "sip:echo@[::1]:" + TIPRING.sipPort());
  }

  @Test
  void callerHearsTheTonesOfItsKeysOverUdp() {
    callerHearsItsKeys("sip:digits@127.0.0.1:" + TIPRING.sipPort());
  }

  @Test
  void callerHearsTheTonesOfItsKeysOverTcp() {
    callerHearsItsKeys("sip:digits@127.0.0.1:" + TIPRING.sipPort() + ";transport=tcp");
  }

  private static void callerHearsItself(String localAddress, String codecs, String uri) {
    Heard call =
        Again.untilHeard(
            () -> heardOfItself(localAddress, codecs, uri),
            heard -> heard.sound().hears(Baresip.TONE_HERTZ));
    assertThat(call.sound().hears(Baresip.TONE_HERTZ)).as(call.story()).isTrue();
    assertThat(call.sound().hears(1000)).isFalse();
  }

  private static Heard heardOfItself(String localAddress, String codecs, String uri) {
    try (Baresip phone = Baresip.start(localAddress, codecs, true)) {
      phone.dial(uri);
      phone.awaitHeard(Duration.ofSeconds(3));
      phone.hangUp();
      return new Heard(ToneProbe.of(phone.heard()), phone.story());
    }
  }

  private static void callerHearsItsKeys(String uri) {
    Heard call =
        Again.untilHeard(() -> heardOfKeys(uri), heard -> heard.sound().digits().equals("15#"));
    assertThat(call.sound().digits()).as(call.story()).isEqualTo("15#");
  }

  private static Heard heardOfKeys(String uri) {
    try (Baresip phone = Baresip.start("127.0.0.1", PCMU_FIRST, false)) {
      phone.dial(uri);
      phone.awaitHeard(Duration.ofMillis(500));
      int seconds = 1;
      for (char key : "15#".toCharArray()) {
        phone.press(key);
        phone.awaitHeard(Duration.ofSeconds(++seconds));
      }
      phone.hangUp();
      return new Heard(ToneProbe.of(phone.heard()), phone.story());
    }
  }

  private record Heard(ToneProbe sound, String story) {}
}
