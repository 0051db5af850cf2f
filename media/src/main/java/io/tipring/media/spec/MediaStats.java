package io.tipring.media.spec;

/// What a pipeline saw in its life.
///
/// @param lost packets that never came, by sequence number (RFC 3550 A.3)
/// @param concealed frames that were made up because none was there to play
/// @param jitterMicros the last interarrival jitter (RFC 3550 A.8), microseconds
/// @param foreign packets dropped because they came from a source other than the latched one
public record MediaStats(
    long sentPackets,
    long receivedPackets,
    long lost,
    long concealed,
    long jitterMicros,
    long foreign) {
  public static final MediaStats NONE = new MediaStats(0, 0, 0, 0, 0, 0);
}
