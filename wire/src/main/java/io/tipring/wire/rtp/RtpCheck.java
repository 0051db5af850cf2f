package io.tipring.wire.rtp;

/// What [RtpPacket#wrap] found.
public enum RtpCheck {
  VALID,
  /// Fewer than the 12 bytes of the fixed header.
  TRUNCATED,
  /// The version bits are not 2: STUN, DTLS or noise.
  NOT_VERSION_2,
  /// The marker bit with payload types 72..79 reads as RTCP 200..207 (RFC 5761 4).
  LOOKS_LIKE_RTCP,
  /// The CSRC list runs over the end.
  CSRC_OVERRUN,
  /// The header extension runs over the end.
  EXTENSION_OVERRUN,
  /// The padding count is 0 or more than there is.
  BAD_PADDING
}
