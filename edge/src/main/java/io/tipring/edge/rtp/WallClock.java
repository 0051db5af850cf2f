package io.tipring.edge.rtp;

/// What the wall clock shows beside the monotonic one: sender reports carry it (RFC 3550 §6.4.1),
/// nothing is timed by it.
@FunctionalInterface
public interface WallClock {
  /// Milliseconds since 1970 at the moment `nowNanos` of the monotonic clock.
  long wallMillis(long nowNanos);
}
