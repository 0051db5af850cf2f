package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.Ports;
import io.tipring.conformance.peer.SharedTipring;
import io.tipring.conformance.peer.Sipp;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// SIPp calls, one story at a time. Each scenario file says which rule it is about.
@Needs(Peer.SIPP)
class SippCallsTest {
  @RegisterExtension
  private static final SharedTipring TIPRING =
      SharedTipring.of("256m", "apps={echo=\"echo\", ring=\"ring\"}");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caller-talks-and-hangs-up",
        "caller-holds-and-resumes",
        "caller-updates-the-session",
        "caller-lets-us-offer",
        "caller-cancels-too-late",
        "caller-presses-keys-by-info",
        "bye-comes-before-the-ack",
        "description-is-not-acceptable"
      })
  void callsToEchoGoAsTheScenarioSays(String scenario) {
    passes(Sipp.call(scenario, "echo", TIPRING.sipPort()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"caller-talks-and-hangs-up", "caller-holds-and-resumes", "caller-lets-us-offer"})
  void callsOverTcpGoAsTheScenarioSays(String scenario) {
    passes(Sipp.call(scenario, "echo", TIPRING.sipPort()).over("t1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"caller-cancels-while-it-rings", "caller-acknowledges-the-ringing"})
  void callsThatOnlyRingGoAsTheScenarioSays(String scenario) {
    passes(Sipp.call(scenario, "ring", TIPRING.sipPort()));
  }

  @Test
  void anInviteThatArrivesTwiceMakesOneCall() {
    double before = TIPRING.meters().getOrDefault("tipring_calls_total", 0.0);
    passes(Sipp.call("invite-arrives-twice", "echo", TIPRING.sipPort()));
    assertThat(TIPRING.meters().get("tipring_calls_total")).isEqualTo(before + 1);
  }

  @Test
  void anAnswerComesAgainUntilItIsAcknowledged() {
    Sipp.Result result = passes(Sipp.call("ack-is-lost", "echo", TIPRING.sipPort()));
    // RFC 3261 13.3.1.4: at once, after 500 ms, after another second; the fourth would come a
    // second
    // after the ACK.
    assertThat(copies(result, "SIP/2.0 200 OK", "CSeq: 1 INVITE")).isEqualTo(3);
  }

  @Test
  void aReliableRingingComesAgainUntilItIsAcknowledged() {
    Sipp.Result result = passes(Sipp.call("prack-never-comes", "ring", TIPRING.sipPort()));
    // RFC 3262 3: at once, after 500 ms, after another second.
    assertThat(copies(result, "SIP/2.0 180 Ringing", "CSeq: 1 INVITE")).isBetween(2L, 3L);
  }

  @Test
  void eachCallMayHaveAConnectionOfItsOwn() {
    passes(
        Sipp.call("caller-talks-and-hangs-up", "echo", TIPRING.sipPort())
            .over("tn")
            .times(20, 20, Duration.ofMillis(500)));
  }

  @Test
  void callsOverIpv6GoAsTheScenarioSays() {
    assumeTrue(Ports.hasIpv6(), "this machine has no ::1");
    passes(Sipp.call("caller-talks-and-hangs-up", "echo", TIPRING.sipPort()).at("::1"));
    passes(Sipp.call("caller-talks-and-hangs-up", "echo", TIPRING.sipPort()).at("::1").over("t1"));
  }

  @Test
  void namesThatAreNotConfiguredAreNotFound() {
    passes(Sipp.call("number-is-not-known", "nobody", TIPRING.sipPort()));
    passes(Sipp.call("number-is-not-known", "nobody", TIPRING.sipPort()).over("t1"));
  }

  @Test
  void optionsAndStrayRequestsAreAnswered() {
    passes(Sipp.call("somebody-asks-whether-we-live", "echo", TIPRING.sipPort()));
    passes(Sipp.call("somebody-asks-whether-we-live", "echo", TIPRING.sipPort()).over("t1"));
    passes(Sipp.call("request-after-the-call", "echo", TIPRING.sipPort()));
  }

  private static Sipp.Result passes(Sipp calls) {
    Sipp.Result result = calls.run();
    assertThat(result.passed()).as(result::story).isTrue();
    return result;
  }

  private static long copies(Sipp.Result result, String startLine, String line) {
    return Arrays.stream(result.read("messages.log").split("-{20,}"))
        .filter(message -> message.contains(startLine) && message.contains(line))
        .count();
  }
}
