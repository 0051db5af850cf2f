package io.tipring.media.spec;

/// Where the peer wants its packets, from its SDP.
///
/// @param host literal IPv4 or IPv6 address, without brackets
/// @param rtpPort UDP port of RTP
/// @param rtcpPort UDP port of RTCP; equal to `rtpPort` when RTCP is multiplexed (RFC 5761)
public record PeerAddress(String host, int rtpPort, int rtcpPort) {
  public boolean rtcpMux() {
    return rtpPort == rtcpPort;
  }
}
