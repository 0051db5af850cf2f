package io.tipring.media.spec;

/// An audio encoding on the wire, with its static RTP payload type and RTP clock (RFC 3551 6).
public enum Encoding {
  PCMU("PCMU", 0, 8000),
  PCMA("PCMA", 8, 8000);

  private final String rtpName;
  private final int staticPayloadType;
  private final int clockHz;

  Encoding(String rtpName, int staticPayloadType, int clockHz) {
    this.rtpName = rtpName;
    this.staticPayloadType = staticPayloadType;
    this.clockHz = clockHz;
  }

  /// The name in `a=rtpmap`, compared without case.
  public String rtpName() {
    return rtpName;
  }

  public int staticPayloadType() {
    return staticPayloadType;
  }

  public int clockHz() {
    return clockHz;
  }
}
