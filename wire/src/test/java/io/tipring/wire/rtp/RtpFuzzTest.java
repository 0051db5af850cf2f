package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tipring.wire.rtp.RtcpCompound.Reading;
import io.tipring.wire.rtp.RtcpPacket.OtherRtcp;
import java.util.List;

/// Replays the seeds beside this class's resources. With `JAZZER_FUZZ=1` it searches for new ones,
/// guided by coverage.
class RtpFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void aPacketIsRejectedOrLiesWithinItsBytes(byte[] bytes) {
    RtpPacket packet = new RtpPacket();
    if (packet.wrap(bytes, 0, bytes.length) != RtpCheck.VALID) {
      return;
    }
    assertThat(packet.payloadOffset()).isBetween(RtpPacket.HEADER_LENGTH, bytes.length);
    assertThat(packet.payloadLength()).isBetween(0, bytes.length - packet.payloadOffset());
    assertThat(packet.extensionLength()).isBetween(0, bytes.length);
    for (int i = 0; i < packet.csrcCount(); i++) {
      packet.csrc(i);
    }
    TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
    int[] reported = {0};
    TelephoneEventReceiver.Keys keys =
        (_, durationMillis) -> {
          assertThat(durationMillis).isNotNegative();
          reported[0]++;
        };
    for (int i = 0; i < 2; i++) {
      receiver.on(0, i, 0, false, bytes, packet.payloadOffset(), packet.payloadLength(), keys);
    }
    receiver.restart(keys);
    assertThat(reported[0]).isLessThanOrEqualTo(packet.payloadLength() / TelephoneEvent.LENGTH);
  }

  @FuzzTest(maxDuration = "2m")
  void aCompoundIsRejectedOrReadsBackAsItWasWritten(byte[] bytes) {
    switch (RtcpCompound.read(bytes, 0, bytes.length)) {
      case Reading.Malformed malformed -> assertThat(malformed.why()).isNotBlank();
      case Reading.Compound(List<RtcpPacket> packets) -> {
        if (packets.stream().noneMatch(OtherRtcp.class::isInstance) && !hasReplacedText(packets)) {
          byte[] written = RtcpCompound.write(packets);
          assertThat(RtcpCompound.read(written, 0, written.length))
              .isEqualTo(new Reading.Compound(packets));
        }
      }
    }
  }

  /// Bytes that are no UTF-8 become replacement characters, which are longer and may not fit again.
  private static boolean hasReplacedText(List<RtcpPacket> packets) {
    return packets.toString().contains("\ufffd");
  }
}
