package io.tipring.wire.sdp;

import java.util.Optional;

/// An RTP payload type and what it carries: `a=rtpmap:<payloadType>
/// <encoding>/<clockHz>[/<channels>]`.
///
/// @param payloadType 0..127
/// @param encoding the name, as written
/// @param clockHz the RTP clock, which for G.722 is not the sampling rate (RFC 3551 4.5.2)
/// @param channels 1 when none is written
public record RtpMap(int payloadType, String encoding, int clockHz, int channels) {
  public static final String TELEPHONE_EVENT = "telephone-event";

  private static final int MAX_PAYLOAD_TYPE = 127;
  private static final int MAX_CLOCK_HZ = 10_000_000;

  public RtpMap(int payloadType, String encoding, int clockHz) {
    this(payloadType, encoding, clockHz, 1);
  }

  /// Whether both carry the same thing, under whatever payload type. Names have no case (RFC 4855
  /// 3).
  public boolean sameEncoding(RtpMap other) {
    return encoding.equalsIgnoreCase(other.encoding)
        && clockHz == other.clockHz
        && channels == other.channels;
  }

  boolean isTelephoneEvent() {
    return encoding.equalsIgnoreCase(TELEPHONE_EVENT);
  }

  SdpLine line() {
    return SdpLine.attribute(
        "rtpmap",
        payloadType + " " + encoding + "/" + clockHz + (channels == 1 ? "" : "/" + channels));
  }

  /// Empty when malformed: then its payload type means nothing, which is no reason to refuse the
  /// others.
  static Optional<RtpMap> parse(String value) {
    String text = value.strip();
    int space = text.indexOf(' ');
    String carried = space < 0 ? "" : text.substring(space).stripLeading();
    if (carried.indexOf(' ') >= 0) {
      return Optional.empty();
    }
    String[] parts = carried.split("/", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RtpMap(
              Fields.number(text.substring(0, space), MAX_PAYLOAD_TYPE, "payload type"),
              parts[0],
              Fields.number(parts[1], MAX_CLOCK_HZ, "clock rate"),
              parts.length == 3 ? Fields.number(parts[2], 255, "channels") : 1));
    } catch (SdpSyntaxException _) {
      return Optional.empty();
    }
  }

  /// What a payload type means without `a=rtpmap` (RFC 3551 6), for the ones telephones use.
  static Optional<RtpMap> ofStatic(int payloadType) {
    return switch (payloadType) {
      case 0 -> Optional.of(new RtpMap(0, "PCMU", 8000));
      case 3 -> Optional.of(new RtpMap(3, "GSM", 8000));
      case 4 -> Optional.of(new RtpMap(4, "G723", 8000));
      case 8 -> Optional.of(new RtpMap(8, "PCMA", 8000));
      case 9 -> Optional.of(new RtpMap(9, "G722", 8000));
      case 13 -> Optional.of(new RtpMap(13, "CN", 8000));
      case 15 -> Optional.of(new RtpMap(15, "G728", 8000));
      case 18 -> Optional.of(new RtpMap(18, "G729", 8000));
      default -> Optional.empty();
    };
  }
}
