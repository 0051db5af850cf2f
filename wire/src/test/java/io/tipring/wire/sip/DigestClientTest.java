package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Digest.Answer;
import io.tipring.wire.sip.Digest.Credentials;
import io.tipring.wire.sip.DigestClient.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestClientTest {
  private static final String SERVER = "WWW-Authenticate";
  private static final String PROXY = "Proxy-Authenticate";
  private static final SipRequest INVITE =
      new SipRequest(Method.INVITE, Uri.parse("sip:echo@192.0.2.1"), SipHeaders.EMPTY, Body.EMPTY);

  private DigestClient client = DigestClient.of(new Credentials("alice", "secret"));
  private SipRequest request = INVITE;

  @Test
  @Rfc("3261 22.2")
  void aServerGetsItsAnswer() {
    Answer answer = answers(401, SERVER, "nonce=\"n\", qop=\"auth\"").getFirst();
    assertThat(answer.proves("secret", Method.INVITE)).isTrue();
    assertThat(answer.uri()).isEqualTo("sip:echo@192.0.2.1");
    assertThat(answer.use().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  @Rfc("8760 2.4")
  void theStrongestChallengeOfARealmIsAnsweredAndUnknownOnesArePassedOver() {
    assertThat(
            answers(
                401,
                SERVER,
                "nonce=\"1\", algorithm=AKAv1-MD5",
                "nonce=\"2\", algorithm=MD5",
                "nonce=\"3\", algorithm=SHA-256, qop=\"auth\"",
                "nonce=\"4\", algorithm=SHA-512-256, qop=\"auth-int\""))
        .singleElement()
        .extracting(Answer::nonce)
        .isEqualTo("3");
  }

  @Test
  @Rfc("3261 22.2")
  void aSecondChallengeMeansThatThePasswordIsWrong() {
    answers(401, SERVER, "nonce=\"1\"");
    assertThat(reason(401, SERVER, "nonce=\"2\""))
        .isEqualTo("realm \"r\" takes neither this user nor this password");
  }

  @Test
  @Rfc("7616 3.3")
  void aStaleNonceIsReplacedOnceByTheNewOne() {
    answers(401, SERVER, "nonce=\"1\"");
    assertThat(answers(401, SERVER, "nonce=\"2\", stale=true"))
        .singleElement()
        .extracting(Answer::nonce)
        .isEqualTo("2");
    assertThat(reason(401, SERVER, "nonce=\"3\", stale=true")).contains("too old");
  }

  /// A re-INVITE begins without credentials: what it is asked says nothing of the password.
  @Test
  @Rfc("7616 3.4")
  void theNextRequestIsAnsweredAgainAndEachUseOfANonceCounts() {
    answers(401, SERVER, "nonce=\"1\", qop=\"auth\"");
    request = INVITE;
    assertThat(answers(401, SERVER, "nonce=\"1\", qop=\"auth\"").getFirst().use().orElseThrow())
        .extracting(Digest.NonceUse::number)
        .isEqualTo(2L);
    request = INVITE;
    assertThat(answers(401, SERVER, "nonce=\"2\", qop=\"auth\"").getFirst().use().orElseThrow())
        .extracting(Digest.NonceUse::number)
        .isEqualTo(1L);
  }

  @Test
  @Rfc("3261 22.3")
  void aProxyAndTheServerBehindItBothGetTheirAnswers() {
    answers(407, PROXY, "nonce=\"p\", qop=\"auth\"");
    List<Answer> both = answers(401, SERVER, "nonce=\"s\", qop=\"auth\"");
    assertThat(both).extracting(Answer::nonce).containsExactly("p", "s");
    assertThat(both.getFirst().use().orElseThrow().number()).isEqualTo(2);
    assertThat(request.headers().all("Authorization")).hasSize(1);
    assertThat(request.headers().all("Proxy-Authorization")).hasSize(1);
  }

  @Test
  void whatCannotBeAnsweredIsSaidAsItCame() {
    assertThat(reason(401, SERVER, "nonce=\"1\", algorithm=AKAv1-MD5"))
        .contains("none of MD5, SHA-256 and SHA-512-256")
        .contains("algorithm=AKAv1-MD5");
    assertThat(reason(401, SERVER)).isEqualTo("401 came without a challenge");
  }

  @Test
  void whoeverHasNoPasswordSaysWhatWasAsked() {
    client = DigestClient.anonymous();
    assertThat(reason(401, SERVER, "nonce=\"1\""))
        .isEqualTo("realm \"r\" asks for a user and a password");
  }

  /// The credentials of the request that is sent next.
  private List<Answer> answers(int status, String header, String... challenges) {
    Outcome outcome = challenged(status, header, challenges);
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    Outcome.Answered answered = (Outcome.Answered) outcome;
    client = answered.next();
    SipHeaders.Builder headers = SipHeaders.builder();
    answered.credentials().forEach(headers::add);
    request = request.withHeaders(headers.build());
    return answered.credentials().stream().map(h -> Answer.parse(h.value())).toList();
  }

  private String reason(int status, String header, String... challenges) {
    Outcome outcome = challenged(status, header, challenges);
    assertThat(outcome).isInstanceOf(Outcome.GivenUp.class);
    return ((Outcome.GivenUp) outcome).why();
  }

  private Outcome challenged(int status, String header, String... challenges) {
    SipHeaders headers = SipHeaders.EMPTY;
    for (String challenge : challenges) {
      headers = headers.with(header, "Digest realm=\"r\", " + challenge);
    }
    return client.challenged(request, new SipResponse(status, "Who?", headers, Body.EMPTY), "c");
  }
}
