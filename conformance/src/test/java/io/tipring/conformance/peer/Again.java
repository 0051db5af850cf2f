package io.tipring.conformance.peer;

import java.util.function.Predicate;
import java.util.function.Supplier;

/// Calls whose sound passes through several processes in real time. A machine that has no time for
/// one of them tears holes that are nobody's fault, so a call that was not heard well is made
/// again, and that is said; three in a row are ours.
public final class Again {
  private static final int TRIES = 3;

  private Again() {}

  /// What was heard well, or at last.
  public static <T> T untilHeard(Supplier<T> call, Predicate<T> well) {
    for (int i = 1; i < TRIES; i++) {
      T heard = call.get();
      if (well.test(heard)) {
        return heard;
      }
      System.out.println("a call was not heard well and is made again: " + heard);
    }
    return call.get();
  }
}
