package io.tipring.wire.sdp;

import java.util.List;
import java.util.OptionalInt;

/// The one audio stream that offer and answer agreed on, seen from us.
///
/// @param encoding how sound travels; its payload type is the one the *peer* wants to receive
/// @param telephoneEvents the payload type the peer wants RFC 4733 events under; empty when it
///   takes none
/// @param eventKeys which keys it takes as events, by their codes 0..15, ascending; the others can
///   only be sent as sound
/// @param packetMillis sound per packet that we send, a multiple of 10
/// @param direction which way sound flows, seen from us; never `sends()` while the peer's address
///   is 0.0.0.0
/// @param address where the peer wants its packets
/// @param rtpPort UDP port of RTP
/// @param rtcpPort UDP port of RTCP; equal to `rtpPort` when multiplexed
public record NegotiatedAudio(
    RtpMap encoding,
    OptionalInt telephoneEvents,
    List<Integer> eventKeys,
    int packetMillis,
    Direction direction,
    IpAddress address,
    int rtpPort,
    int rtcpPort) {
  public NegotiatedAudio {
    eventKeys = List.copyOf(eventKeys);
  }

  public boolean rtcpMux() {
    return rtpPort == rtcpPort;
  }
}
