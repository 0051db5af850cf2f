package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.wire.Rfc;
import io.tipring.wire.rtp.RtcpCompound.Reading;
import io.tipring.wire.rtp.RtcpPacket.Chunk;
import io.tipring.wire.rtp.RtcpPacket.Goodbye;
import io.tipring.wire.rtp.RtcpPacket.Item;
import io.tipring.wire.rtp.RtcpPacket.OtherRtcp;
import io.tipring.wire.rtp.RtcpPacket.ReceiverReport;
import io.tipring.wire.rtp.RtcpPacket.SenderInfo;
import io.tipring.wire.rtp.RtcpPacket.SenderReport;
import io.tipring.wire.rtp.RtcpPacket.SourceDescription;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpCompoundTest {
  private static final ReportBlock BLOCK =
      new ReportBlock(0xcafe, 12, -3, 0x0001_fffa, 40, 0x1234_5678, 0xffff_fff0L);

  private static Reading read(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    return RtcpCompound.read(bytes, 0, bytes.length);
  }

  @Rfc("3550 6.4.2")
  @Rfc("3550 6.5")
  @Rfc("3550 6.6")
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "abcd", "abcde", "abcdef"})
  void whatIsWrittenIsReadBack(String text) {
    List<RtcpPacket> packets =
        List.of(
            new SenderReport(
                -1, new SenderInfo(0xfedc_ba98_7654_3210L, -5, 50, 8000), List.of(BLOCK, BLOCK)),
            new ReceiverReport(7, List.of(BLOCK)),
            new SourceDescription(
                List.of(
                    new Chunk(-1, List.of(new Item(Item.CNAME, text), new Item(6, "tool"))),
                    new Chunk(8, List.of()),
                    new Chunk(9, List.of(new Item(Item.CNAME, "x" + text))))),
            new Goodbye(List.of(-1, 7), Optional.of(text)),
            new Goodbye(List.of(), Optional.empty()));
    byte[] bytes = RtcpCompound.write(packets);
    assertThat(bytes.length % 4).isZero();
    assertThat(RtcpCompound.read(bytes, 0, bytes.length)).isEqualTo(new Reading.Compound(packets));
  }

  @Rfc("3550 6.4.1")
  @Test
  void aSenderReportIsWhereRfc3550PutsIt() {
    ReportBlock block = new ReportBlock(6, 255, -1, 7, 8, 9, 10);
    SenderInfo sent = new SenderInfo(1L << 32 | 2, 3, 4, 5);
    byte[] bytes = RtcpCompound.write(List.of(new SenderReport(0x01020304, sent, List.of(block))));
    assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes))
        .isEqualTo(
            "81 c8 00 0c 01 02 03 04 00 00 00 01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00 05"
                + " 00 00 00 06 ff ff ff ff 00 00 00 07 00 00 00 08 00 00 00 09 00 00 00 0a");
  }

  @Test
  void anUnknownTypeIsPassedOverByItsLength() {
    assertThat(read("80 c9 00 01 00 00 00 01 80 cd 00 01 00 00 00 01"))
        .isEqualTo(
            new Reading.Compound(List.of(new ReceiverReport(1, List.of()), new OtherRtcp(205, 8))));
  }

  @Test
  void onlyTheLastPacketMayBePadded() {
    assertThat(read("80 c9 00 01 00 00 00 01 a1 cb 00 02 00 00 00 01 00 00 00 04"))
        .isEqualTo(
            new Reading.Compound(
                List.of(
                    new ReceiverReport(1, List.of()), new Goodbye(List.of(1), Optional.empty()))));
    assertThat(read("a0 c9 00 02 00 00 00 01 00 00 00 04 80 c9 00 01 00 00 00 01"))
        .isEqualTo(new Reading.Malformed("bad padding"));
  }

  @Rfc("3550 6.1")
  @Rfc("3550 A.2")
  @ParameterizedTest
  @CsvSource({
    "80 c9 00, stray bytes after the last packet",
    "80 c9 00 01 00 00 00 01 80, stray bytes after the last packet",
    "40 c9 00 01 00 00 00 01, version is not 2",
    "80 c9 00 02 00 00 00 01, packet runs over the end",
    "80 ca 00 00, first packet is not a report",
    "a0 c9 00 01 00 00 00 00, bad padding",
    "a0 c9 00 01 00 00 00 05, bad padding",
    "81 c9 00 01 00 00 00 01, packet of type 201 is cut short",
    "80 c8 00 01 00 00 00 01, packet of type 200 is cut short",
    "80 c9 00 00, packet of type 201 is cut short",
    "80 c9 00 01 00 00 00 01 81 ca 00 01 00 00 00 01, packet of type 202 is cut short",
    "80 c9 00 01 00 00 00 01 81 ca 00 02 00 00 00 01 01 03 61 61, packet of type 202 is cut short",
    "80 c9 00 01 00 00 00 01 82 cb 00 01 00 00 00 01, packet of type 203 is cut short",
    "80 c9 00 01 00 00 00 01 81 cb 00 02 00 00 00 01 04 61 61 61, packet of type 203 is cut short",
  })
  void aMalformedCompoundIsRejectedWhole(String hex, String why) {
    assertThat(read(hex)).isEqualTo(new Reading.Malformed(why));
  }

  @Test
  void nothingAtAllIsMalformed() {
    assertThat(RtcpCompound.read(new byte[0], 0, 0)).isEqualTo(new Reading.Malformed("empty"));
  }

  @Test
  void noBytesMakeTheReaderThrow() {
    Random random = new Random(815);
    for (int round = 0; round < 100_000; round++) {
      byte[] bytes = new byte[4 * random.nextInt(16)];
      random.nextBytes(bytes);
      for (int at = 0; at + 4 <= bytes.length; at += 4 * (1 + random.nextInt(4))) {
        bytes[at] = (byte) (0x80 | bytes[at] & 0x23);
        bytes[at + 1] = (byte) (200 + random.nextInt(5));
        bytes[at + 2] = 0;
        bytes[at + 3] = (byte) random.nextInt(4);
      }
      assertThat(RtcpCompound.read(bytes, 0, bytes.length)).as("round %d", round).isNotNull();
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> RtcpCompound.write(List.of(new OtherRtcp(205, 8))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> RtcpCompound.write(List.of(new Goodbye(List.of(), Optional.of("x".repeat(256))))))
        .hasMessageContaining("256 bytes");
    assertThatThrownBy(() ->
            RtcpCompound.write(List.of(new ReceiverReport(1, Collections.nCopies(32, BLOCK)))))
        .hasMessageContaining("32 entries");
  }

  @Rfc("3550 4")
  @Test
  void ntpTimeCountsFrom1900() {
    assertThat(RtcpPacket.ntpOf(0)).isEqualTo(2_208_988_800L << 32);
    assertThat(RtcpPacket.ntpOf(1_500)).isEqualTo(2_208_988_801L << 32 | 0x8000_0000L);
    assertThat(new SenderInfo(0x1122_3344_5566_7788L, 0, 0, 0).middle()).isEqualTo(0x3344_5566);
  }

  @Test
  void theRoundTripIsWhatTheDelayLeaves() {
    ReportBlock block = new ReportBlock(1, 0, 0, 0, 0, 0xffff_0000, 0x8000);
    assertThat(block.roundTrip(0x0000_0000)).isEqualTo(0x8000);
    assertThat(new ReportBlock(1, 0, 0, 0, 0, 0, 5).roundTrip(77)).isNegative();
  }
}
