package io.tipring.wire.rtp;

import java.util.List;
import java.util.Optional;

/// One RTCP packet (RFC 3550 6.4 to 6.7); several make a compound that [RtcpCompound] reads and
/// writes. Immutable. SSRCs are unsigned.
public sealed interface RtcpPacket {
  int SENDER_REPORT = 200;
  int RECEIVER_REPORT = 201;
  int SOURCE_DESCRIPTION = 202;
  int GOODBYE = 203;

  /// RFC 3550 6.4.1.
  ///
  /// @param sent what was sent so far, and when this was written
  record SenderReport(int ssrc, SenderInfo sent, List<ReportBlock> reports) implements RtcpPacket {
    public SenderReport {
      reports = List.copyOf(reports);
    }
  }

  /// RFC 3550 6.4.2.
  record ReceiverReport(int ssrc, List<ReportBlock> reports) implements RtcpPacket {
    public ReceiverReport {
      reports = List.copyOf(reports);
    }
  }

  /// RFC 3550 6.5.
  record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
    public SourceDescription {
      chunks = List.copyOf(chunks);
    }
  }

  /// RFC 3550 6.6.
  ///
  /// @param reason at most 255 bytes of UTF-8
  record Goodbye(List<Integer> ssrcs, Optional<String> reason) implements RtcpPacket {
    public Goodbye {
      ssrcs = List.copyOf(ssrcs);
    }
  }

  /// A packet of another type (APP, feedback, extended reports), well-formed as far as its length
  /// goes. Never written.
  record OtherRtcp(int packetType, int length) implements RtcpPacket {}

  /// @param ntp seconds since 1900 in the upper, fraction in the lower 32 bits (RFC 3550 4)
  /// @param rtpTime the same moment on the RTP clock, unsigned
  /// @param packets sent since the SSRC was taken, modulo 2^32
  /// @param octets of payload sent, modulo 2^32
  record SenderInfo(long ntp, int rtpTime, int packets, int octets) {
    /// What a report block names as "last SR": the middle 32 bits of the NTP time.
    public int middle() {
      return (int) (ntp >>> 16);
    }
  }

  record Chunk(int ssrc, List<Item> items) {
    public Chunk {
      items = List.copyOf(items);
    }
  }

  /// @param type 1 is CNAME (RFC 3550 6.5.1)
  /// @param text at most 255 bytes of UTF-8
  record Item(int type, String text) {
    public static final int CNAME = 1;
  }

  /// Whether the second byte of a packet says RTCP rather than RTP (RFC 5761 4): SR up to extended
  /// reports.
  static boolean isPacketType(int secondByte) {
    return secondByte >= SENDER_REPORT && secondByte <= 207;
  }

  /// NTP time of a moment of the wall clock.
  ///
  /// @param wallMillis since 1970
  static long ntpOf(long wallMillis) {
    long seconds = Math.floorDiv(wallMillis, 1000L) + 2_208_988_800L;
    long fraction = (Math.floorMod(wallMillis, 1000L) << 32) / 1000;
    return seconds << 32 | fraction;
  }
}
