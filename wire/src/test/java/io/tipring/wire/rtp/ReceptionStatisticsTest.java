package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.rtp.ReceptionStatistics.Sequencing;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
  private final ReceptionStatistics statistics = new ReceptionStatistics();

  private void run(int from, int count) {
    for (int i = 0; i < count; i++) {
      statistics.on(from + i & 0xffff);
    }
  }

  @Rfc("3550 A.1")
  @Test
  void aSourceIsValidAfterTwoInARow() {
    assertThat(statistics.on(100)).isEqualTo(Sequencing.PROBATION);
    assertThat(statistics.on(205)).isEqualTo(Sequencing.PROBATION);
    assertThat(statistics.on(206)).isEqualTo(Sequencing.VALID);
    assertThat(statistics.received()).isEqualTo(1);
    assertThat(statistics.lost()).isZero();
  }

  @Test
  void theExtendedNumberCountsWraps() {
    run(65_530, 65_536 + 10);
    assertThat(statistics.extendedHighest()).isEqualTo(65_530L + 65_536 + 9);
    assertThat(statistics.lost()).isZero();
  }

  @Rfc("3550 A.3")
  @Test
  void lossIsExpectedMinusReceived() {
    run(65_530, 4);
    run(65_530 + 14, 6);
    assertThat(statistics.lost()).isEqualTo(10);
    assertThat(statistics.received()).isEqualTo(3 + 6);
  }

  @Test
  void duplicatesMakeLossNegative() {
    run(10, 5);
    run(12, 3);
    assertThat(statistics.lost()).isEqualTo(-3);
    assertThat(statistics.report(1, 0, 0).lost()).isEqualTo(-3);
    assertThat(statistics.report(1, 0, 0).fractionLost()).isZero();
  }

  @Test
  void theFractionIsOfTheLastIntervalOnly() {
    run(0, 101);
    assertThat(statistics.report(1, 0, 0).fractionLost()).isZero();
    run(151, 50);
    ReportBlock block = statistics.report(1, 7, 9);
    assertThat(block).isEqualTo(new ReportBlock(1, 128, 50, 200, 0, 7, 9));
    run(201, 50);
    assertThat(statistics.report(1, 0, 0).fractionLost()).isZero();
  }

  @Test
  void aWildJumpIsBelievedWhenTheNextPacketFollowsIt() {
    run(1000, 10);
    assertThat(statistics.on(30_000)).isEqualTo(Sequencing.OUT_OF_STEP);
    assertThat(statistics.on(1010)).isEqualTo(Sequencing.VALID);
    assertThat(statistics.on(40_000)).isEqualTo(Sequencing.OUT_OF_STEP);
    assertThat(statistics.on(40_001)).isEqualTo(Sequencing.RESTARTED);
    assertThat(statistics.on(40_002)).isEqualTo(Sequencing.VALID);
    assertThat(statistics.extendedHighest()).isEqualTo(40_002);
    assertThat(statistics.lost()).isZero();
  }

  @Test
  void whatComesLateDoesNotCountAsAWrap() {
    run(65_530, 6);
    assertThat(statistics.on(1)).isEqualTo(Sequencing.VALID);
    assertThat(statistics.on(0)).isEqualTo(Sequencing.VALID);
    assertThat(statistics.on(2)).isEqualTo(Sequencing.VALID);
    assertThat(statistics.extendedHighest()).isEqualTo(65_538);
    assertThat(statistics.lost()).isZero();
  }

  @Test
  void evenArrivalHasNoJitterAcrossTheTimestampWrap() {
    int timestamp = -800;
    for (int i = 0; i < 20; i++) {
      statistics.arrived(5_000_000_000L + 160L * i, timestamp + 160 * i);
    }
    assertThat(statistics.jitterTicks()).isZero();
  }

  @Test
  void aPeerThatRestartsWithOtherTimestampsHasNoJitterFromThat() {
    for (int i = 0; i < 12; i++) {
      statistics.on(100 + i);
      statistics.arrived(160L * i, 160 * i);
    }
    statistics.on(40_000);
    for (int i = 1; i < 12; i++) {
      statistics.on(40_000 + i);
      statistics.arrived(160L * (12 + i), 1_000_000_007 + 160 * i);
    }
    assertThat(statistics.jitterTicks()).isZero();
  }

  @Rfc("3550 A.8")
  @Test
  void arrivalThatSwingsConvergesToItsSwing() {
    for (int i = 0; i < 500; i++) {
      statistics.arrived(160L * i + (i % 2) * 40, 160 * i);
    }
    assertThat(statistics.jitterTicks()).isBetween(38L, 40L);
  }
}
