package io.tipring.wire.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.wire.sip.Digest.Algorithm;
import io.tipring.wire.sip.Digest.Answer;
import io.tipring.wire.sip.Digest.Challenge;
import io.tipring.wire.sip.Digest.Credentials;
import io.tipring.wire.sip.Digest.NonceUse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DigestTest {
  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");
  private static final Method GET = new Method("GET");

  /// RFC 7616 3.9.1
  @ParameterizedTest
  @CsvSource({
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "SHA_256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
  })
  void theExampleOfRfc7616ComesOutAsPrinted(Algorithm algorithm, String response) {
    var challenge =
        new Challenge(
            "http-auth@example.org",
            "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            algorithm,
            true,
            Optional.of("FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"),
            false);
    var use = NonceUse.of(1, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
    Answer answer = Digest.answer(challenge, MUFASA, GET, "/dir/index.html", use);
    assertThat(answer.response()).isEqualTo(response);
  }

  /// RFC 2617 3.5
  @Test
  void theExampleOfRfc2617ComesOutAsPrinted() {
    var challenge =
        Challenge.parse(
            "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    Answer answer =
        Digest.answer(
            challenge,
            new Credentials("Mufasa", "Circle Of Life"),
            GET,
            "/dir/index.html",
            NonceUse.of(1, "0a4f113b"));
    assertThat(answer.response()).isEqualTo("6629fae49393a05397450978507c4ef1");
    assertThat(answer.toString())
        .isEqualTo(
            "Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\","
                + " response=\"6629fae49393a05397450978507c4ef1\", algorithm=MD5, qop=auth, nc=00000001,"
                + " cnonce=\"0a4f113b\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aServerAcceptsWhatAClientAnswersAndNothingElse(Algorithm algorithm) {
    Challenge challenge = Challenge.parse(Challenge.of("tip\"ring", "n0nce", algorithm).toString());
    assertThat(challenge).isEqualTo(Challenge.of("tip\"ring", "n0nce", algorithm));
    var alice = new Credentials("alice", "geheim\u00df");
    String value =
        Digest.answer(challenge, alice, Method.REGISTER, "sip:example.com", NonceUse.of(255, "c"))
            .toString();
    Answer answer = Answer.parse(value);
    assertThat(answer.use().orElseThrow().number()).isEqualTo(255);
    assertThat(answer.proves("geheim\u00df", Method.REGISTER)).isTrue();
    assertThat(answer.proves("geheim", Method.REGISTER)).isFalse();
    assertThat(answer.proves("geheim\u00df", Method.INVITE)).isFalse();
    assertThat(
            Answer.parse(value.replace("nc=000000ff", "nc=000000fe"))
                .proves("geheim\u00df", Method.REGISTER))
        .isFalse();
  }

  @Test
  void aChallengeWithoutQopGetsTheAnswerOfRfc2069() {
    Answer answer =
        Digest.answer(
            Challenge.parse("Digest realm=\"r\", nonce=\"n\""),
            MUFASA,
            GET,
            "sip:x",
            NonceUse.of(1, "c"));
    assertThat(answer.use()).isEmpty();
    assertThat(answer.toString()).doesNotContain("cnonce", "nc=");
    assertThat(answer.proves("Circle of Life", GET)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Digest realm=\"r\"|no nonce",
        "Digest nonce=\"n\"|no realm",
        "Digest realm=\"r, nonce=\"n\"|unexpected text at the end",
        "Basic realm=\"r\"|scheme is not Digest",
        "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"|no qop that we have",
        "Digest realm=\"r\", nonce=\"n\", algorithm=AKAv1-MD5|none of MD5, SHA-256 and SHA-512-256"
      })
  void aChallengeThatCannotBeAnsweredSaysWhy(String value, String why) {
    assertThatThrownBy(() -> Challenge.parse(value))
        .isInstanceOf(SipSyntaxException.class)
        .hasMessageContaining(why);
  }

  @Test
  void credentialsDoNotShowTheirPassword() {
    assertThat(MUFASA.toString()).doesNotContain("Circle");
  }
}
