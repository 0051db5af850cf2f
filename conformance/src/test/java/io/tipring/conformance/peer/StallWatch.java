package io.tipring.conformance.peer;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Notices when the machine had no time for a thread that wanted to run every 5 ms.
final class StallWatch implements AutoCloseable {
  private static final long PERIOD_NANOS = 5_000_000;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong worstNanos = new AtomicLong();

  StallWatch() {
    ScheduledFuture<?> _ =
        clock.scheduleAtFixedRate(this::look, 0, PERIOD_NANOS, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    long stall = now - lastNanos.getAndSet(now) - PERIOD_NANOS;
    worstNanos.accumulateAndGet(stall, Math::max);
  }

  /// The longest it was kept waiting so far.
  double worstMillis() {
    return worstNanos.get() / 1e6;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
