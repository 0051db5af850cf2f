package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnwrapperTest {
  @Test
  void sequencesRunOnOverTheWrap() {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    long expected = 65_530;
    for (int i = 0; i < 200_000; i++) {
      assertThat(unwrapper.unwrap((65_530 + i) & 0xffff)).isEqualTo(expected++);
    }
  }

  @Test
  void whatComesLateOverTheWrapKeepsItsPlace() {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    assertThat(unwrapper.unwrap(65_535)).isEqualTo(65_535);
    assertThat(unwrapper.unwrap(1)).isEqualTo(65_537);
    assertThat(unwrapper.unwrap(65_534)).isEqualTo(65_534);
    assertThat(unwrapper.unwrap(0)).isEqualTo(65_536);
    assertThat(unwrapper.unwrap(2)).isEqualTo(65_538);
  }

  @Test
  void timestampsNearTheTopRunOn() {
    Unwrapper unwrapper = Unwrapper.ofTimestamps();
    assertThat(unwrapper.unwrap(-160)).isEqualTo(4_294_967_136L);
    assertThat(unwrapper.unwrap(0)).isEqualTo(4_294_967_296L);
    assertThat(unwrapper.unwrap(160)).isEqualTo(4_294_967_456L);
    assertThat(unwrapper.unwrap(-160)).isEqualTo(4_294_967_136L);
  }

  @Test
  void aRestartForgets() {
    Unwrapper unwrapper = Unwrapper.ofSequences();
    unwrapper.unwrap(65_535);
    unwrapper.unwrap(0);
    unwrapper.restart();
    assertThat(unwrapper.unwrap(0)).isZero();
  }
}
