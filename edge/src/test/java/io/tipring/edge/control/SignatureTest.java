package io.tipring.edge.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureTest {
  private static final SigningSecret OLD =
      SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final SigningSecret NEW =
      SigningSecret.parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

  /// The signatures come from Python, by the line of it in docs/protocol/control-v1.md.
  @Test
  void eachSecretSignsIdTimeAndTarget() {
    assertThat(Signature.of(List.of(OLD, NEW), "conn_01JD3QZ8K4", 1_763_726_448, "/ivr?line=2"))
        .isEqualTo(
            "v1,zMietop+bIkjJkGQrjInkBbo9NvYh9Vo6rpoINPQR+I= v1,W5DbQmfvjlyt9AKmFVXGgtBDJHf7cgVRynzhtMpfgW4=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_not base64, is it",
        "whsec_c2hvcnQ=",
        "whsec_"
      })
  void aSecretThatIsNoneIsRefusedWithoutBeingRepeated(String text) {
    String secret = text.substring(text.indexOf('_') + 1);
    assertThatThrownBy(() -> SigningSecret.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e ->
            assertThat(secret.isEmpty() || !String.valueOf(e.getMessage()).contains(secret))
                .isTrue());
  }

  @Test
  void whatIsSecretIsNotPrinted() {
    Access access = new Access(Optional.of("t0k3n"), List.of(OLD), List.of());
    assertThat(access.toString()).doesNotContain("t0k3n").doesNotContain("MfKQ");
    assertThat(OLD.toString()).isEqualTo("whsec_***");
  }

  @Test
  void aTokenThatFitsIntoNoHeaderIsRefused() {
    assertThatThrownBy(() -> new Access(Optional.of("a\r\nb: c"), List.of(), List.of()))
        .hasMessageContaining("RFC 6750");
  }
}
