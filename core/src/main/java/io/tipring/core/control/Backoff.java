package io.tipring.core.control;

import io.tipring.core.lane.Randomness;

/// How long to wait before the next attempt: 100 ms, doubled each time up to 5 s, of which the half
/// is left to chance, so that an application that comes back does not meet all its calls at once.
final class Backoff {
  private static final long FIRST_NANOS = 100_000_000L;
  private static final long LONGEST_NANOS = 5_000_000_000L;

  private final Randomness randomness;
  private int failures;

  Backoff(Randomness randomness) {
    this.randomness = randomness;
  }

  long nextNanos() {
    long most = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures++, 10));
    return most / 2 + Math.unsignedMultiplyHigh(randomness.nextLong(), most / 2 + 1);
  }

  void reset() {
    failures = 0;
  }
}
