package io.tipring.conformance.peer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for something another process does and does not announce. Looks again every 20 ms until
/// a deadline.
public final class Await {
  private static final long LOOK_EVERY_NANOS = 20_000_000;

  private Await() {}

  /// Whether `condition` came true in time.
  public static boolean until(Duration deadline, BooleanSupplier condition) {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return true;
  }
}
