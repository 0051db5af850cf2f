package io.tipring.wire.sip.transaction;

/// The base timers of RFC 3261 table 4, in nanoseconds; all others follow from them.
///
/// @param t1Nanos round-trip estimate
/// @param t2Nanos longest interval between retransmissions
/// @param t4Nanos longest time a message stays in the network
public record Timers(long t1Nanos, long t2Nanos, long t4Nanos) {
  private static final long MILLIS = 1_000_000L;

  public static final Timers RFC_3261 = new Timers(500 * MILLIS, 4_000 * MILLIS, 5_000 * MILLIS);

  /// How long the user may think before the transaction itself says 100 (RFC 3261 17.2.1).
  static final long TRYING_NANOS = 200 * MILLIS;

  /// 64*T1: timers B, F, H, J, L, M, and how long a 2xx or a reliable provisional waits to be
  /// acknowledged.
  public long timeoutNanos() {
    return 64 * t1Nanos;
  }

  /// Timer D: at least 32 s over datagrams (RFC 3261 17.1.1.2).
  long timerDNanos() {
    return Math.max(timeoutNanos(), 32_000 * MILLIS);
  }
}
