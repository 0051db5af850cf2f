package io.tipring.wire.rtp;

/// One reception report block (RFC 3550 6.4.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    SSRC of the reported source                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | fraction lost |       cumulative number of packets lost       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           extended highest sequence number received           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      interarrival jitter                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          last SR (LSR), middle 32 bits of its NTP time        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           delay since last SR (DLSR), 1/65,536 s              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param ssrc unsigned
/// @param fractionLost of 256, in the last interval
/// @param lost signed, kept within 24 bits
/// @param highestSequence extended, unsigned
/// @param jitter ticks of the RTP clock, unsigned
/// @param lastSenderReport 0 for none
/// @param delaySinceLast 1/65,536 s, 0..2^32-1
public record ReportBlock(
    int ssrc,
    int fractionLost,
    int lost,
    int highestSequence,
    int jitter,
    int lastSenderReport,
    long delaySinceLast) {
  static final int LENGTH = 24;
  static final int MAX_LOST = 0x7f_ffff;
  static final int MIN_LOST = -0x80_0000;

  private static final int FRACTION_OFFSET = 4;
  private static final int LOST_OFFSET = 5;
  private static final int SEQUENCE_OFFSET = 8;
  private static final int JITTER_OFFSET = 12;
  private static final int LSR_OFFSET = 16;
  private static final int DLSR_OFFSET = 20;

  static ReportBlock read(byte[] buffer, int at) {
    return new ReportBlock(
        Bytes.i32(buffer, at),
        Bytes.u8(buffer, at + FRACTION_OFFSET),
        Bytes.u24(buffer, at + LOST_OFFSET) << 8 >> 8,
        Bytes.i32(buffer, at + SEQUENCE_OFFSET),
        Bytes.i32(buffer, at + JITTER_OFFSET),
        Bytes.i32(buffer, at + LSR_OFFSET),
        Bytes.i32(buffer, at + DLSR_OFFSET) & 0xffff_ffffL);
  }

  void write(byte[] buffer, int at) {
    Bytes.put32(buffer, at, ssrc);
    Bytes.put8(buffer, at + FRACTION_OFFSET, fractionLost);
    Bytes.put24(buffer, at + LOST_OFFSET, lost);
    Bytes.put32(buffer, at + SEQUENCE_OFFSET, highestSequence);
    Bytes.put32(buffer, at + JITTER_OFFSET, jitter);
    Bytes.put32(buffer, at + LSR_OFFSET, lastSenderReport);
    Bytes.put32(buffer, at + DLSR_OFFSET, (int) delaySinceLast);
  }

  /// How long a report took there and back (RFC 3550 6.4.1), in 1/65,536 s; negative when it cannot
  /// be told.
  ///
  /// @param arrival middle 32 bits of the NTP time when this block arrived
  public long roundTrip(int arrival) {
    if (lastSenderReport == 0) {
      return -1;
    }
    return ((arrival - lastSenderReport) & 0xffff_ffffL) - delaySinceLast;
  }
}
