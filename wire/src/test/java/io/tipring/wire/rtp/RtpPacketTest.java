package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.wire.Rfc;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpPacketTest {
  private final RtpPacket packet = new RtpPacket();

  private RtpCheck wrap(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    return packet.wrap(bytes, 0, bytes.length);
  }

  @Rfc("3550 5.1")
  @Test
  void everyFieldIsWhereRfc3550PutsIt() {
    assertThat(wrap("80 80 ff fa ff ff ff f0 de ad be ef 01 02 03")).isEqualTo(RtpCheck.VALID);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isZero();
    assertThat(packet.sequence()).isEqualTo(65_530);
    assertThat(Integer.toUnsignedLong(packet.timestamp())).isEqualTo(4_294_967_280L);
    assertThat(packet.ssrc()).isEqualTo(0xdeadbeef);
    assertThat(packet.payloadOffset()).isEqualTo(12);
    assertThat(packet.payloadLength()).isEqualTo(3);
    assertThat(packet.csrcCount()).isZero();
    assertThat(packet.hasExtension()).isFalse();
  }

  @Rfc("3550 5.3.1")
  @Test
  void contributingSourcesExtensionAndPaddingAreNotPayload() {
    assertThat(
            wrap(
                "b2 65 00 01 00 00 00 02 00 00 00 03"
                    + " 00 00 00 0a 00 00 00 0b" // CSRC
                    + " be de 00 01 11 22 33 44" // extension
                    + " 55 66 00 00 03")) // payload and padding
        .isEqualTo(RtpCheck.VALID);
    assertThat(packet.csrc(0)).isEqualTo(10);
    assertThat(packet.csrc(1)).isEqualTo(11);
    assertThat(packet.extensionProfile()).isEqualTo(0xbede);
    assertThat(packet.extensionLength()).isEqualTo(4);
    assertThat(packet.payloadType()).isEqualTo(101);
    assertThat(packet.buffer()[packet.payloadOffset()]).isEqualTo((byte) 0x55);
    assertThat(packet.payloadLength()).isEqualTo(2);
    assertThatThrownBy(() -> packet.csrc(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Rfc("3550 A.1")
  @Rfc("5761 4")
  @ParameterizedTest
  @CsvSource({
    "80 00 00 01 00 00 00 02 00 00 00, TRUNCATED",
    "00 01 00 01 00 00 00 02 00 00 00 03, NOT_VERSION_2",
    "80 c8 00 01 00 00 00 02 00 00 00 03, LOOKS_LIKE_RTCP",
    "8f 00 00 01 00 00 00 02 00 00 00 03 00 00 00 04, CSRC_OVERRUN",
    "90 00 00 01 00 00 00 02 00 00 00 03 be de, EXTENSION_OVERRUN",
    "90 00 00 01 00 00 00 02 00 00 00 03 be de 00 01 00, EXTENSION_OVERRUN",
    "a0 00 00 01 00 00 00 02 00 00 00 03, BAD_PADDING",
    "a0 00 00 01 00 00 00 02 00 00 00 03 00, BAD_PADDING",
    "a0 00 00 01 00 00 00 02 00 00 00 03 01 03, BAD_PADDING",
  })
  void aMalformedPacketIsRejectedWithItsReason(String hex, RtpCheck expected) {
    assertThat(wrap(hex)).isEqualTo(expected);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    byte[] bytes = new byte[40];
    RtpPacket.writeHeader(bytes, 4, true, 101, 65_536 + 7, -2, 0x89abcdef);
    assertThat(packet.wrap(bytes, 4, 32)).isEqualTo(RtpCheck.VALID);
    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(101);
    assertThat(packet.sequence()).isEqualTo(7);
    assertThat(packet.timestamp()).isEqualTo(-2);
    assertThat(packet.ssrc()).isEqualTo(0x89abcdef);
    assertThat(packet.payloadLength()).isEqualTo(20);
  }

  @Test
  void noBytesMakeTheReaderThrowOrReadBeyondTheEnd() {
    long seed = 4711;
    Random random = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) (0x80 | bytes[0] & 0x3f);
      }
      if (packet.wrap(bytes, 0, bytes.length) == RtpCheck.VALID) {
        assertThat(packet.payloadLength()).as("seed %d round %d", seed, round).isNotNegative();
        assertThat(packet.payloadOffset() + packet.payloadLength())
            .as("seed %d round %d", seed, round)
            .isLessThanOrEqualTo(bytes.length);
        assertThat(packet.extensionLength()).as("seed %d round %d", seed, round).isNotNegative();
      }
    }
  }
}
