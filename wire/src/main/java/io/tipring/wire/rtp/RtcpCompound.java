package io.tipring.wire.rtp;

import io.tipring.wire.rtp.RtcpPacket.Chunk;
import io.tipring.wire.rtp.RtcpPacket.Goodbye;
import io.tipring.wire.rtp.RtcpPacket.Item;
import io.tipring.wire.rtp.RtcpPacket.OtherRtcp;
import io.tipring.wire.rtp.RtcpPacket.ReceiverReport;
import io.tipring.wire.rtp.RtcpPacket.SenderInfo;
import io.tipring.wire.rtp.RtcpPacket.SenderReport;
import io.tipring.wire.rtp.RtcpPacket.SourceDescription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A compound RTCP packet: what one datagram holds (RFC 3550 6.1). Every packet in it begins alike:
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  count  |  packet type  |  length in 32-bit words - 1   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// A sender report goes on with its SSRC, then NTP time (8 bytes), RTP time, packets, octets, then
/// `count` report blocks; a receiver report with SSRC and blocks; a source description with chunks
/// of SSRC and items, each chunk ended by a zero byte and filled up to 32 bits; a goodbye with
/// SSRCs and perhaps a reason.
public final class RtcpCompound {
  private static final int HEADER_LENGTH = 4;
  private static final int TYPE_OFFSET = 1;
  private static final int LENGTH_OFFSET = 2;
  private static final int SSRC_OFFSET = 4;
  private static final int NTP_OFFSET = 8;
  private static final int RTP_TIME_OFFSET = 16;
  private static final int PACKETS_OFFSET = 20;
  private static final int OCTETS_OFFSET = 24;
  private static final int SENDER_BLOCKS_OFFSET = 28;
  private static final int RECEIVER_BLOCKS_OFFSET = 8;
  private static final int PADDING_BIT = 0x20;
  private static final int MAX_COUNT = 31;

  private RtcpCompound() {}

  /// What was read.
  public sealed interface Reading {
    /// @param packets at least one, the first a report
    record Compound(List<RtcpPacket> packets) implements Reading {
      public Compound {
        packets = List.copyOf(packets);
      }
    }

    /// @param why for a log line
    record Malformed(String why) implements Reading {}
  }

  /// Reads `length` bytes from `offset` on, whole or not at all. Never throws for any content of
  /// the bytes.
  public static Reading read(byte[] buffer, int offset, int length) {
    List<RtcpPacket> packets = new ArrayList<>();
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (end - at < HEADER_LENGTH) {
        return new Reading.Malformed("stray bytes after the last packet");
      }
      int first = Bytes.u8(buffer, at);
      if (first >>> 6 != 2) {
        return new Reading.Malformed("version is not 2");
      }
      int next = at + 4 * (Bytes.u16(buffer, at + LENGTH_OFFSET) + 1);
      if (next > end) {
        return new Reading.Malformed("packet runs over the end");
      }
      int type = Bytes.u8(buffer, at + TYPE_OFFSET);
      // RFC 3550 A.2: the first packet is a report.
      if (at == offset && type != RtcpPacket.SENDER_REPORT && type != RtcpPacket.RECEIVER_REPORT) {
        return new Reading.Malformed("first packet is not a report");
      }
      int contentEnd = next;
      if ((first & PADDING_BIT) != 0) {
        // RFC 3550 6.4.1: only the last packet may be padded.
        int padding = Bytes.u8(buffer, next - 1);
        if (next != end || padding == 0 || padding > next - at - HEADER_LENGTH) {
          return new Reading.Malformed("bad padding");
        }
        contentEnd = next - padding;
      }
      Optional<RtcpPacket> packet = readPacket(buffer, at, contentEnd, type, first & 0x1f);
      if (packet.isEmpty()) {
        return new Reading.Malformed("packet of type " + type + " is cut short");
      }
      packets.add(packet.get());
      at = next;
    }
    return packets.isEmpty() ? new Reading.Malformed("empty") : new Reading.Compound(packets);
  }

  private static Optional<RtcpPacket> readPacket(
      byte[] buffer, int at, int end, int type, int count) {
    return switch (type) {
      case RtcpPacket.SENDER_REPORT ->
          at + SENDER_BLOCKS_OFFSET + count * ReportBlock.LENGTH > end
              ? Optional.empty()
              : Optional.of(
                  new SenderReport(
                      Bytes.i32(buffer, at + SSRC_OFFSET),
                      new SenderInfo(
                          Bytes.i64(buffer, at + NTP_OFFSET),
                          Bytes.i32(buffer, at + RTP_TIME_OFFSET),
                          Bytes.i32(buffer, at + PACKETS_OFFSET),
                          Bytes.i32(buffer, at + OCTETS_OFFSET)),
                      readBlocks(buffer, at + SENDER_BLOCKS_OFFSET, count)));
      case RtcpPacket.RECEIVER_REPORT ->
          at + RECEIVER_BLOCKS_OFFSET + count * ReportBlock.LENGTH > end
              ? Optional.empty()
              : Optional.of(
                  new ReceiverReport(
                      Bytes.i32(buffer, at + SSRC_OFFSET),
                      readBlocks(buffer, at + RECEIVER_BLOCKS_OFFSET, count)));
      case RtcpPacket.SOURCE_DESCRIPTION -> readDescription(buffer, at + HEADER_LENGTH, end, count);
      case RtcpPacket.GOODBYE -> readGoodbye(buffer, at + HEADER_LENGTH, end, count);
      default -> Optional.of(new OtherRtcp(type, end - at));
    };
  }

  private static List<ReportBlock> readBlocks(byte[] buffer, int at, int count) {
    List<ReportBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(ReportBlock.read(buffer, at + i * ReportBlock.LENGTH));
    }
    return blocks;
  }

  private static Optional<RtcpPacket> readDescription(
      byte[] buffer, int start, int end, int count) {
    List<Chunk> chunks = new ArrayList<>(count);
    int at = start;
    for (int i = 0; i < count; i++) {
      if (at + 4 > end) {
        return Optional.empty();
      }
      int ssrc = Bytes.i32(buffer, at);
      int itemAt = at + 4;
      List<Item> items = new ArrayList<>();
      while (itemAt < end && buffer[itemAt] != 0) {
        if (itemAt + 2 > end || itemAt + 2 + Bytes.u8(buffer, itemAt + 1) > end) {
          return Optional.empty();
        }
        int length = Bytes.u8(buffer, itemAt + 1);
        items.add(new Item(Bytes.u8(buffer, itemAt), text(buffer, itemAt + 2, length)));
        itemAt += 2 + length;
      }
      if (itemAt >= end) {
        return Optional.empty();
      }
      chunks.add(new Chunk(ssrc, items));
      // RFC 3550 6.5: zero bytes up to the next 32-bit boundary, at least one.
      at = start + ((itemAt - start) / 4 + 1) * 4;
    }
    return Optional.of(new SourceDescription(chunks));
  }

  private static Optional<RtcpPacket> readGoodbye(byte[] buffer, int start, int end, int count) {
    int reasonAt = start + 4 * count;
    if (reasonAt > end) {
      return Optional.empty();
    }
    List<Integer> ssrcs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ssrcs.add(Bytes.i32(buffer, start + 4 * i));
    }
    if (reasonAt == end) {
      return Optional.of(new Goodbye(ssrcs, Optional.empty()));
    }
    int length = Bytes.u8(buffer, reasonAt);
    if (reasonAt + 1 + length > end) {
      return Optional.empty();
    }
    return Optional.of(new Goodbye(ssrcs, Optional.of(text(buffer, reasonAt + 1, length))));
  }

  private static String text(byte[] buffer, int at, int length) {
    return new String(buffer, at, length, StandardCharsets.UTF_8);
  }

  /// The bytes of one datagram.
  ///
  /// @throws IllegalArgumentException when a packet holds more than 31 of anything, a text more
  ///   than 255 bytes, or one of them is an [OtherRtcp]
  public static byte[] write(List<RtcpPacket> packets) {
    byte[][] parts = new byte[packets.size()][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = writePacket(packets.get(i));
      length += parts[i].length;
    }
    byte[] compound = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, compound, at, part.length);
      at += part.length;
    }
    return compound;
  }

  private static byte[] writePacket(RtcpPacket packet) {
    return switch (packet) {
      case SenderReport(int ssrc, SenderInfo sent, List<ReportBlock> reports) -> {
        byte[] bytes =
            begin(
                RtcpPacket.SENDER_REPORT,
                reports.size(),
                SENDER_BLOCKS_OFFSET + reports.size() * ReportBlock.LENGTH);
        Bytes.put32(bytes, SSRC_OFFSET, ssrc);
        Bytes.put64(bytes, NTP_OFFSET, sent.ntp());
        Bytes.put32(bytes, RTP_TIME_OFFSET, sent.rtpTime());
        Bytes.put32(bytes, PACKETS_OFFSET, sent.packets());
        Bytes.put32(bytes, OCTETS_OFFSET, sent.octets());
        writeBlocks(bytes, SENDER_BLOCKS_OFFSET, reports);
        yield bytes;
      }
      case ReceiverReport(int ssrc, List<ReportBlock> reports) -> {
        byte[] bytes =
            begin(
                RtcpPacket.RECEIVER_REPORT,
                reports.size(),
                RECEIVER_BLOCKS_OFFSET + reports.size() * ReportBlock.LENGTH);
        Bytes.put32(bytes, SSRC_OFFSET, ssrc);
        writeBlocks(bytes, RECEIVER_BLOCKS_OFFSET, reports);
        yield bytes;
      }
      case SourceDescription(List<Chunk> chunks) -> writeDescription(chunks);
      case Goodbye(List<Integer> ssrcs, Optional<String> reason) -> writeGoodbye(ssrcs, reason);
      case OtherRtcp other -> throw new IllegalArgumentException("cannot write " + other);
    };
  }

  private static void writeBlocks(byte[] bytes, int at, List<ReportBlock> reports) {
    for (int i = 0; i < reports.size(); i++) {
      reports.get(i).write(bytes, at + i * ReportBlock.LENGTH);
    }
  }

  private static byte[] writeDescription(List<Chunk> chunks) {
    int length = HEADER_LENGTH;
    for (Chunk chunk : chunks) {
      int items = 0;
      for (Item item : chunk.items()) {
        items += 2 + bounded(item.text()).length;
      }
      length += 4 + (items / 4 + 1) * 4;
    }
    byte[] bytes = begin(RtcpPacket.SOURCE_DESCRIPTION, chunks.size(), length);
    int at = HEADER_LENGTH;
    for (Chunk chunk : chunks) {
      Bytes.put32(bytes, at, chunk.ssrc());
      at += 4;
      int itemsAt = at;
      for (Item item : chunk.items()) {
        Bytes.put8(bytes, at, item.type());
        at = putText(bytes, at + 1, item.text());
      }
      at = itemsAt + ((at - itemsAt) / 4 + 1) * 4;
    }
    return bytes;
  }

  private static byte[] writeGoodbye(List<Integer> ssrcs, Optional<String> reason) {
    int reasonLength = reason.map(text -> 1 + bounded(text).length).orElse(0);
    byte[] bytes =
        begin(
            RtcpPacket.GOODBYE,
            ssrcs.size(),
            HEADER_LENGTH + 4 * ssrcs.size() + (reasonLength + 3) / 4 * 4);
    int at = HEADER_LENGTH;
    for (int ssrc : ssrcs) {
      Bytes.put32(bytes, at, ssrc);
      at += 4;
    }
    if (reason.isPresent()) {
      putText(bytes, at, reason.get());
    }
    return bytes;
  }

  private static byte[] begin(int type, int count, int length) {
    if (count > MAX_COUNT) {
      throw new IllegalArgumentException(
          count + " entries, at most " + MAX_COUNT + " fit an RTCP packet");
    }
    byte[] bytes = new byte[length];
    Bytes.put8(bytes, 0, 2 << 6 | count);
    Bytes.put8(bytes, TYPE_OFFSET, type);
    Bytes.put16(bytes, LENGTH_OFFSET, length / 4 - 1);
    return bytes;
  }

  private static int putText(byte[] bytes, int at, String text) {
    byte[] utf8 = bounded(text);
    Bytes.put8(bytes, at, utf8.length);
    System.arraycopy(utf8, 0, bytes, at + 1, utf8.length);
    return at + 1 + utf8.length;
  }

  private static byte[] bounded(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > 255) {
      throw new IllegalArgumentException(
          "text of " + utf8.length + " bytes, at most 255 fit an RTCP item");
    }
    return utf8;
  }
}
