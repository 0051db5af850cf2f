package io.tipring.media.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {
  @Test
  void quantilesAreExactToAQuarterAndNeverUnderstated() {
    Lateness lateness = new Lateness();
    for (int micros = 1; micros <= 1000; micros++) {
      lateness.record(micros * 1000L);
    }
    Lateness.Snapshot seen = lateness.snapshot();
    assertThat(seen.ticks()).isEqualTo(1000);
    assertThat(seen.p50Micros()).isBetween(500L, 640L);
    assertThat(seen.p99Micros()).isBetween(990L, 1250L);
    assertThat(seen.maxMicros()).isBetween(1000L, 1250L);
  }

  @Test
  void anythingFitsInFromTooEarlyToADayLate() {
    Lateness lateness = new Lateness();
    lateness.record(-5);
    lateness.record(0);
    lateness.record(86_400_000_000_000L);
    assertThat(lateness.snapshot().ticks()).isEqualTo(3);
    assertThat(lateness.snapshot().maxMicros()).isGreaterThan(1_000_000_000L);
  }

  @Test
  void withoutTicksItIsZero() {
    assertThat(new Lateness().snapshot()).isEqualTo(new Lateness.Snapshot(0, 0, 0, 0));
  }
}
