package io.tipring.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.conformance.peer.Child;
import io.tipring.conformance.peer.Java;
import io.tipring.conformance.peer.Kamailio;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.SharedTipring;
import io.tipring.testkit.CallCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `./tipring call --auth` through a proxy that others wrote and that asks for a password (RFC
/// 7616, RFC 8760).
@Tag("long")
@Needs(Peer.KAMAILIO)
class PasswordTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int REFUSED = 11;
  private static final Kamailio.Manner USUAL = new Kamailio.Manner("MD5", true);
  @RegisterExtension private static final SharedTipring TIPRING = SharedTipring.of("256m");

  static Stream<Kamailio.Manner> manners() {
    return Stream.of("MD5", "SHA-256")
        .flatMap(
            algorithm -> Stream.of(true, false).map(qop -> new Kamailio.Manner(algorithm, qop)));
  }

  @ParameterizedTest
  @MethodSource("manners")
  void theRightPasswordOpensTheWay(Kamailio.Manner manner) {
    Call call = call(manner, "echo", "--auth", Kamailio.USER + ":" + Kamailio.PASSWORD);
    assertThat(call.exit).as(call.story).isZero();
    assertThat(call.invites).as(call.story).isEqualTo(2);
    assertThat(call.story).contains("received ").doesNotContain("received 0,");
  }

  @ParameterizedTest
  @MethodSource("manners")
  void theWrongPasswordEndsTheCallAndIsSaid(Kamailio.Manner manner) {
    Call call = call(manner, "echo", "--auth", Kamailio.USER + ":guessed");
    assertThat(call.exit).as(call.story).isEqualTo(REFUSED);
    assertThat(call.invites).as(call.story).isEqualTo(2);
    assertThat(call.story)
        .contains("refused, last status 407")
        .contains("realm \"proxy.test\" takes neither this user nor this password");
  }

  @Test
  void whoHasNoPasswordIsToldHowToGiveIt() {
    Call call = call(USUAL, "echo");
    assertThat(call.exit).as(call.story).isEqualTo(REFUSED);
    assertThat(call.invites).as(call.story).isEqualTo(1);
    assertThat(call.story)
        .contains("realm \"proxy.test\" asks for a user and a password")
        .contains("--auth USER:PASSWORD");
  }

  @Test
  void aNonceThatIsTooOldIsReplacedByTheNewOne() {
    Call call = call(USUAL, "stale", "--auth", Kamailio.USER + ":" + Kamailio.PASSWORD);
    assertThat(call.exit).as(call.story).isZero();
    assertThat(call.invites).as(call.story).isEqualTo(3);
  }

  @Test
  void whoCallsEveryNonceTooOldIsGivenUp() {
    Call call = call(USUAL, "older", "--auth", Kamailio.USER + ":" + Kamailio.PASSWORD);
    assertThat(call.exit).as(call.story).isEqualTo(REFUSED);
    assertThat(call.invites).as(call.story).isEqualTo(3);
    assertThat(call.story).contains("calls each nonce of its own too old");
  }

  @Test
  void aPasswordForTheProxyAndOneForTheServerAreBothGiven() {
    Call call = call(USUAL, "twice", "--auth", Kamailio.USER + ":" + Kamailio.PASSWORD);
    assertThat(call.exit).as(call.story).isZero();
    assertThat(call.invites).as(call.story).isEqualTo(3);
  }

  @Test
  void anAlgorithmThatIsNotKnownIsNamed() {
    Call call = call(USUAL, "strange", "--auth", Kamailio.USER + ":" + Kamailio.PASSWORD);
    assertThat(call.exit).as(call.story).isEqualTo(REFUSED);
    assertThat(call.invites).as(call.story).isEqualTo(1);
    assertThat(call.story)
        .contains("none of MD5, SHA-256 and SHA-512-256")
        .contains("algorithm=AKAv1-MD5");
  }

  /// @param invites how many the phone has sent
  private record Call(int exit, long invites, String story) {}

  private static Call call(Kamailio.Manner manner, String user, String... options) {
    try (Kamailio kamailio = Kamailio.asking(manner, TIPRING.sipPort())) {
      List<String> arguments = new ArrayList<>(List.of(options));
      arguments.addAll(List.of("--duration", "1", "sip:" + user + "@127.0.0.1:" + kamailio.port()));
      try (Child phone = Java.start(List.of("-Xmx128m"), CallCommand.class, arguments)) {
        int exit = phone.awaitExit(PATIENCE);
        long invites = phone.lines().stream().filter(line -> line.contains("--> INVITE")).count();
        return new Call(exit, invites, phone.tail(60) + "\n" + kamailio.story());
      }
    }
  }
}
