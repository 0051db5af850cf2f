package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.rtp.RtcpInterval.Session;
import org.junit.jupiter.api.Test;

@Rfc("3550 6.2")
@Rfc("3550 6.3.1")
class RtcpIntervalTest {
  @Test
  void aCallReportsEveryFiveSecondsGiveOrTakeHalf() {
    Session call = new Session(2, 2, true, false, 120, 500);
    assertThat(RtcpInterval.nanos(call, 0.0) / 1e9).isBetween(2.05, 2.06);
    assertThat(RtcpInterval.nanos(call, 0.5) / 1e9).isBetween(4.10, 4.11);
    assertThat(RtcpInterval.nanos(call, 1.0) / 1e9).isBetween(6.15, 6.16);
  }

  @Test
  void theFirstReportComesInHalfTheTime() {
    assertThat(RtcpInterval.nanos(new Session(2, 0, false, true, 120, 500), 0.5) / 1e9)
        .isBetween(2.05, 2.06);
  }

  @Test
  void aCrowdSharesTheBandwidth() {
    Session listener = new Session(1001, 1, false, false, 100, 500);
    assertThat(RtcpInterval.nanos(listener, 0.5) / 1e9).isBetween(218.0, 220.0);
    Session speaker = new Session(1001, 1, true, false, 100, 500);
    assertThat(RtcpInterval.nanos(speaker, 0.5) / 1e9).isBetween(4.10, 4.11);
  }
}
