package io.tipring.media.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {
  private static final long SECOND = 1_000_000_000L;

  /// As nanoTime may be: it has any origin.
  private static final long NOW = -7 * SECOND;

  @Test
  void quantilesAreExactToAQuarterAndNeverUnderstated() {
    Lateness lateness = new Lateness();
    for (int micros = 1; micros <= 1000; micros++) {
      lateness.record(NOW, micros * 1000L);
    }
    Lateness.Snapshot seen = lateness.snapshot(NOW);
    assertThat(seen.ticks()).isEqualTo(1000);
    assertThat(seen.p50Micros()).isBetween(500L, 640L);
    assertThat(seen.p99Micros()).isBetween(990L, 1250L);
    assertThat(seen.maxMicros()).isBetween(1000L, 1250L);
  }

  @Test
  void anythingFitsInFromTooEarlyToADayLate() {
    Lateness lateness = new Lateness();
    lateness.record(NOW, -5);
    lateness.record(NOW, 0);
    lateness.record(NOW, 86_400_000_000_000L);
    assertThat(lateness.snapshot(NOW).ticks()).isEqualTo(3);
    assertThat(lateness.snapshot(NOW).maxMicros()).isGreaterThan(1_000_000_000L);
  }

  @Test
  void withoutTicksItIsZero() {
    assertThat(new Lateness().snapshot(NOW)).isEqualTo(new Lateness.Snapshot(0, 0, 0, 0));
  }

  @Test
  void whatIsAMinuteOldIsForgotten() {
    Lateness lateness = new Lateness();
    lateness.record(NOW, 90_000_000);
    lateness.record(NOW + 30 * SECOND, 1_000_000);
    assertThat(lateness.snapshot(NOW + 49 * SECOND).maxMicros()).isGreaterThanOrEqualTo(90_000);
    assertThat(lateness.snapshot(NOW + 60 * SECOND).ticks()).isEqualTo(1);
    assertThat(lateness.snapshot(NOW + 60 * SECOND).maxMicros()).isBetween(1_000L, 1_300L);
    assertThat(lateness.snapshot(NOW + 100 * SECOND).ticks()).isZero();
  }

  @Test
  void aPlaceThatIsUsedAgainBeginsAtZero() {
    Lateness lateness = new Lateness();
    for (int second = 0; second < 1000; second++) {
      lateness.record(NOW + second * SECOND, 1_000_000);
    }
    assertThat(lateness.snapshot(NOW + 999 * SECOND).ticks()).isBetween(50L, 60L);
  }
}
