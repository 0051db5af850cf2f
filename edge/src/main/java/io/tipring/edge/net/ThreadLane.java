package io.tipring.edge.net;

import io.tipring.core.lane.Lane;
import io.tipring.core.lane.TimerWheel;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The exchange lane: one platform thread, a queue that never refuses or blocks a poster (its
/// bounds are at the doors, ADR 0002), and a timer wheel. It parks until the next alarm or post.
///
/// Timers and inputs take turns in batches, so that neither a flood of posts nor a timer that
/// re-arms itself for "now" can starve the other.
public final class ThreadLane implements Lane, AutoCloseable {
  private static final int BATCH = 64;
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

  /// What becomes of a turn that throws: the lane lives on, the failure is somebody's to report.
  @FunctionalInterface
  public interface FailureHandler {
    /// On the lane; what this throws itself is swallowed.
    void onFailure(String resource, Throwable failure);
  }

  private record Input(String resource, Runnable turn, long postedNanos) {}

  private final Thread thread;
  private final FailureHandler failures;
  private final ConcurrentLinkedQueue<Input> inputs = new ConcurrentLinkedQueue<>();
  private final AtomicLong posted = new AtomicLong();
  private final TimerWheel wheel = new TimerWheel(System.nanoTime());
  private volatile boolean parked;
  private volatile boolean closing;
  private volatile boolean ended;
  // Written by the lane only, read by any thread.
  private volatile @Nullable Input running;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong turns = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile int timers;
  private long nowNanos;

  /// Starts the lane's thread.
  public ThreadLane(String name, FailureHandler failures) {
    this.failures = failures;
    thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    thread.start();
  }

  @Override
  public long nowNanos() {
    requireOnLane();
    return nowNanos;
  }

  /// {@inheritDoc}
  ///
  /// After [#close(Duration)] began, inputs may be left undone.
  @Override
  public void post(String resource, Runnable turn) {
    posted.incrementAndGet();
    inputs.offer(new Input(resource, turn, System.nanoTime()));
    // The lane sets `parked`, then looks at the queue again; we fill the queue, then look at
    // `parked`. One of us sees the other, so no wake-up is lost.
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }

  @Override
  public Alarm wakeAt(long atNanos, String resource, Runnable turn) {
    requireOnLane();
    return wheel.schedule(atNanos, resource, turn);
  }

  /// Age of the oldest input that is not done, in nanoseconds; 0 when idle. Any thread, a few
  /// loads.
  public long lagNanos() {
    Input oldest = running;
    if (oldest == null) {
      oldest = inputs.peek();
    }
    return oldest == null ? 0 : Math.max(0, System.nanoTime() - oldest.postedNanos);
  }

  /// Inputs that wait. Any thread; exact only when nobody posts.
  public long queueDepth() {
    return Math.max(0, posted.get() - taken.get());
  }

  /// Turns done since the start, by posts and by timers.
  public long turns() {
    return turns.get();
  }

  /// Turns that threw.
  public long failures() {
    return failed.get();
  }

  /// Armed timers, as of the last batch.
  public int timers() {
    return timers;
  }

  /// Ends the lane: what was posted before is still done, timers are forgotten. Waits for it, so
  /// never call it on the lane itself.
  ///
  /// @return whether the lane had ended by the deadline; if not its thread has been interrupted
  public boolean close(Duration deadline) throws InterruptedException {
    if (onLane()) {
      throw new IllegalStateException("a lane cannot wait for its own end");
    }
    closing = true;
    post("lane", () -> ended = true);
    if (thread.join(deadline)) {
      return true;
    }
    ended = true;
    thread.interrupt();
    return false;
  }

  @Override
  public void close() {
    try {
      var _ = close(CLOSE_DEADLINE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!ended) {
      boolean worked = runTimers();
      worked |= runInputs();
      timers = wheel.size();
      if (!worked) {
        park();
      }
    }
  }

  private boolean runTimers() {
    for (int i = 0; i < BATCH && !ended; i++) {
      nowNanos = System.nanoTime();
      TimerWheel.Timer due = wheel.poll(nowNanos);
      if (due == null) {
        return i > 0;
      }
      runTurn(due.resource(), due.turn());
    }
    return true;
  }

  private boolean runInputs() {
    for (int i = 0; i < BATCH && !ended; i++) {
      Input input = inputs.poll();
      if (input == null) {
        return i > 0;
      }
      running = input;
      count(taken);
      nowNanos = System.nanoTime();
      runTurn(input.resource, input.turn);
      running = null;
    }
    return true;
  }

  private void runTurn(String resource, Runnable turn) {
    try {
      turn.run();
    } catch (Throwable failure) {
      count(failed);
      report(resource, failure);
    }
    count(turns);
  }

  private void report(String resource, Throwable failure) {
    try {
      failures.onFailure(resource, failure);
    } catch (Throwable _) {
      // Whoever reports failures must not end the exchange.
    }
  }

  private void park() {
    parked = true;
    if (inputs.isEmpty()) {
      if (wheel.hasWork()) {
        long wait = wheel.nextWorkNanos() - System.nanoTime();
        if (wait > 0) {
          LockSupport.parkNanos(this, wait);
        }
      } else {
        LockSupport.park(this);
      }
    }
    parked = false;
    if (!closing) {
      // A stray interrupt would turn every later park into a spin.
      Thread.interrupted();
    }
  }

  /// For counters that only the lane writes: no bus lock.
  private static void count(AtomicLong counter) {
    counter.setRelease(counter.getPlain() + 1);
  }

  private boolean onLane() {
    return Thread.currentThread().equals(thread);
  }

  private void requireOnLane() {
    if (!onLane()) {
      throw new IllegalStateException("only on the lane " + thread.getName());
    }
  }
}
