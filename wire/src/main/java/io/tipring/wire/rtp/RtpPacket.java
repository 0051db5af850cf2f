package io.tipring.wire.rtp;

/// One RTP packet in a buffer that somebody else owns (RFC 3550 5.1): a view that is wrapped around
/// the next packet again and again, so that reading allocates nothing. Owned by one worker.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           timestamp                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                             SSRC                              |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                       CSRC, CC times                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   extension profile (if X)    |  length in 32-bit words       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  extension ...  payload ...  padding, its last byte the count |
/// ```
public final class RtpPacket {
  public static final int HEADER_LENGTH = 12;

  private static final int VERSION = 2;
  private static final int MARKER_AND_TYPE_OFFSET = 1;
  private static final int SEQUENCE_OFFSET = 2;
  private static final int TIMESTAMP_OFFSET = 4;
  private static final int SSRC_OFFSET = 8;
  private static final int CSRC_OFFSET = 12;
  private static final int PADDING_BIT = 0x20;
  private static final int EXTENSION_BIT = 0x10;
  private static final int MARKER_BIT = 0x80;
  private static final int EXTENSION_HEADER_LENGTH = 4;

  private byte[] buffer = new byte[HEADER_LENGTH];
  private int offset;
  private int extensionOffset;
  private int payloadOffset;
  private int payloadLength;

  /// A view of nothing yet.
  public RtpPacket() {}

  /// Looks at `length` bytes from `offset` on. Nothing but VALID leaves the accessors usable. Never
  /// throws for any content of the bytes.
  public RtpCheck wrap(byte[] buffer, int offset, int length) {
    if (length < HEADER_LENGTH) {
      return RtpCheck.TRUNCATED;
    }
    int first = Bytes.u8(buffer, offset);
    if (first >>> 6 != VERSION) {
      return RtpCheck.NOT_VERSION_2;
    }
    int second = Bytes.u8(buffer, offset + MARKER_AND_TYPE_OFFSET);
    if (RtcpPacket.isPacketType(second)) {
      return RtpCheck.LOOKS_LIKE_RTCP;
    }
    int end = offset + length;
    int extensionAt = offset + CSRC_OFFSET + 4 * (first & 0x0f);
    if (extensionAt > end) {
      return RtpCheck.CSRC_OVERRUN;
    }
    int payloadAt = extensionAt;
    if ((first & EXTENSION_BIT) != 0) {
      if (extensionAt + EXTENSION_HEADER_LENGTH > end) {
        return RtpCheck.EXTENSION_OVERRUN;
      }
      payloadAt = extensionAt + EXTENSION_HEADER_LENGTH + 4 * Bytes.u16(buffer, extensionAt + 2);
      if (payloadAt > end) {
        return RtpCheck.EXTENSION_OVERRUN;
      }
    }
    int padding = 0;
    if ((first & PADDING_BIT) != 0) {
      padding = payloadAt == end ? 0 : Bytes.u8(buffer, end - 1);
      if (padding == 0 || padding > end - payloadAt) {
        return RtpCheck.BAD_PADDING;
      }
    }
    this.buffer = buffer;
    this.offset = offset;
    this.extensionOffset = extensionAt;
    this.payloadOffset = payloadAt;
    this.payloadLength = end - padding - payloadAt;
    return RtpCheck.VALID;
  }

  public boolean marker() {
    return (buffer[offset + MARKER_AND_TYPE_OFFSET] & MARKER_BIT) != 0;
  }

  public int payloadType() {
    return buffer[offset + MARKER_AND_TYPE_OFFSET] & 0x7f;
  }

  /// 0..65,535.
  public int sequence() {
    return Bytes.u16(buffer, offset + SEQUENCE_OFFSET);
  }

  /// Unsigned, in ticks of the payload's RTP clock.
  public int timestamp() {
    return Bytes.i32(buffer, offset + TIMESTAMP_OFFSET);
  }

  /// Unsigned.
  public int ssrc() {
    return Bytes.i32(buffer, offset + SSRC_OFFSET);
  }

  /// 0..15.
  public int csrcCount() {
    return buffer[offset] & 0x0f;
  }

  /// The `index`-th contributing source, unsigned.
  public int csrc(int index) {
    if (index < 0 || index >= csrcCount()) {
      throw new IndexOutOfBoundsException("csrc " + index + " of " + csrcCount());
    }
    return Bytes.i32(buffer, offset + CSRC_OFFSET + 4 * index);
  }

  public boolean hasExtension() {
    return (buffer[offset] & EXTENSION_BIT) != 0;
  }

  /// The "defined by profile" 16 bits, 0 when there is no extension.
  public int extensionProfile() {
    return hasExtension() ? Bytes.u16(buffer, extensionOffset) : 0;
  }

  /// In bytes, without its own four-byte header.
  public int extensionLength() {
    return hasExtension() ? payloadOffset - extensionOffset - EXTENSION_HEADER_LENGTH : 0;
  }

  /// The array that was wrapped; the payload is `payloadLength` bytes of it from `payloadOffset`
  /// on.
  public byte[] buffer() {
    return buffer;
  }

  public int payloadOffset() {
    return payloadOffset;
  }

  /// In bytes, without padding; may be 0.
  public int payloadLength() {
    return payloadLength;
  }

  /// Writes the fixed header without CSRCs or extension; the payload goes to `offset +
  /// HEADER_LENGTH`.
  ///
  /// @param payloadType 0..127
  /// @param sequence its low 16 bits count
  public static void writeHeader(
      byte[] buffer,
      int offset,
      boolean marker,
      int payloadType,
      int sequence,
      int timestamp,
      int ssrc) {
    Bytes.put8(buffer, offset, VERSION << 6);
    Bytes.put8(
        buffer, offset + MARKER_AND_TYPE_OFFSET, (marker ? MARKER_BIT : 0) | (payloadType & 0x7f));
    Bytes.put16(buffer, offset + SEQUENCE_OFFSET, sequence);
    Bytes.put32(buffer, offset + TIMESTAMP_OFFSET, timestamp);
    Bytes.put32(buffer, offset + SSRC_OFFSET, ssrc);
  }
}
