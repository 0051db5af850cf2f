package io.tipring.edge.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tipring.api.control.FromApplication;

/// Replays the seeds beside this class's resources. With `JAZZER_FUZZ=1` it searches for new ones,
/// guided by coverage.
class CodecFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void whatAnApplicationSaysIsUnderstoodOrAnswered(byte[] bytes) {
    check(bytes);
  }

  @FuzzTest(maxDuration = "2m")
  void whatAnExchangeSaysIsHeardOrNot(byte[] bytes) {
    if (ControlCodec.hear(bytes) instanceof Heard.Message(var envelope)) {
      assertThat(ControlCodec.hear(ControlCodec.encode(envelope)))
          .isInstanceOf(Heard.Message.class);
    }
  }

  /// Shared with the seeded search.
  static void check(byte[] bytes) {
    switch (ControlCodec.decode(bytes)) {
      case Decoded.Message(FromApplication message) ->
          assertThat(ControlCodec.decode(ControlCodec.encode(message)))
              .isEqualTo(new Decoded.Message(message));
      case Decoded.Unknown(String type) -> assertThat(type.length()).isLessThanOrEqualTo(64);
      case Decoded.Misunderstood(_, var error) -> {
        assertThat(error.message()).isNotBlank().hasSizeLessThan(2_000);
        assertThat(error.hint()).isNotBlank().hasSizeLessThan(1_000);
      }
    }
  }
}
