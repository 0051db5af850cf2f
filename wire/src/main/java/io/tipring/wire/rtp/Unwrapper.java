package io.tipring.wire.rtp;

/// Turns a counter that wraps (16-bit sequence numbers, 32-bit timestamps) into one that does not:
/// each value is taken as the nearest to the highest seen so far.
///
/// A value from before the first one seen may come out negative when the stream began just after a
/// wrap.
public final class Unwrapper {
  private final int bits;
  private boolean started;
  private long highest;

  private Unwrapper(int bits) {
    this.bits = bits;
  }

  public static Unwrapper ofSequences() {
    return new Unwrapper(16);
  }

  public static Unwrapper ofTimestamps() {
    return new Unwrapper(32);
  }

  /// The long that `value` (its low bits) stands for.
  public long unwrap(int value) {
    long masked = value & ((1L << bits) - 1);
    if (!started) {
      started = true;
      highest = masked;
      return masked;
    }
    int unused = Long.SIZE - bits;
    // Sign-extending the difference picks the nearer way round the circle.
    long step = (masked - highest) << unused >> unused;
    long unwrapped = highest + step;
    highest = Math.max(highest, unwrapped);
    return unwrapped;
  }

  /// Forgets: the next value is a first one.
  public void restart() {
    started = false;
  }
}
