package io.tipring.conformance.peer;

import java.util.function.Predicate;
import java.util.function.Supplier;

/// Calls whose sound passes through several processes in real time. A machine that has no time for
/// one of them tears holes that are nobody's fault: a call that was not heard well *while the
/// machine stood still* is not a result, so it is made again, and that is said. On a machine that
/// kept time the first call counts.
public final class Again {
  private static final int TRIES = 3;

  /// Two packets: what a jitter buffer must live with anyway.
  private static final double LONGEST_STALL_MILLIS = 40;

  private Again() {}

  /// What was heard well, or on a machine that kept time, or at last.
  public static <T> T untilHeard(Supplier<T> call, Predicate<T> well) {
    for (int i = 1; i < TRIES; i++) {
      try (StallWatch watch = new StallWatch()) {
        T heard = call.get();
        if (well.test(heard) || watch.worstMillis() < LONGEST_STALL_MILLIS) {
          return heard;
        }
        System.out.printf(
            "a call was not heard well while the machine stood still for %.0f ms;"
                + " it is made again: %s%n",
            watch.worstMillis(), heard);
      }
    }
    return call.get();
  }
}
