package io.tipring.wire.sdp;

import java.util.OptionalInt;

/// The one audio stream that offer and answer agreed on, seen from us.
///
/// @param encoding how sound travels; its payload type is the one the *peer* wants to receive
/// @param telephoneEvents the payload type the peer wants RFC 4733 events under; empty when it
///   takes none
/// @param packetMillis sound per packet that we send, a multiple of 10
/// @param direction which way sound flows, seen from us; never `sends()` while the peer's address
///   is 0.0.0.0
/// @param address where the peer wants its packets
/// @param rtpPort UDP port of RTP
/// @param rtcpPort UDP port of RTCP; equal to `rtpPort` when multiplexed
public record NegotiatedAudio(
    RtpMap encoding,
    OptionalInt telephoneEvents,
    int packetMillis,
    Direction direction,
    IpAddress address,
    int rtpPort,
    int rtcpPort) {
  public boolean rtcpMux() {
    return rtpPort == rtcpPort;
  }
}
