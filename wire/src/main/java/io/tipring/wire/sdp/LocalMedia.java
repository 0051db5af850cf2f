package io.tipring.wire.sdp;

/// Our end of a session, as its owner laid it out.
///
/// @param sessionId random and unsigned, the same through the whole session; ours is written into
///   `o=` once
/// @param address where we want packets; of the family that the peer's `c=` has
/// @param rtpPort UDP port of RTP
/// @param rtcpPort UDP port of RTCP while it is not multiplexed
public record LocalMedia(long sessionId, IpAddress address, int rtpPort, int rtcpPort) {}
