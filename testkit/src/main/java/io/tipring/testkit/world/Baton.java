package io.tipring.testkit.world;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lets code that waits run in a World: it has a virtual thread of its own, which runs only while
/// the World's thread waits for it. So one thread runs at any moment, and the same seed does the
/// same (ADR 0011).
///
/// Code that waits for anything but the baton never gives it back; real time tells, and the story
/// fails with that thread's own stack. So does code that never waits at all, later. Owner: whoever
/// has it.
public final class Baton {
  /// A thread that is found waiting after so long waits for something else. A busy machine does not
  /// make a thread wait, only late.
  private static final long BLOCKED_NANOS = Duration.ofSeconds(2).toNanos();

  private static final long LOOK_NANOS = BLOCKED_NANOS / 4;
  private static final long SPINNING_NANOS = Duration.ofSeconds(60).toNanos();

  private final World world;
  private final Thread runner;
  private volatile boolean out;
  private Thread waiting = Thread.currentThread();
  private boolean over;
  private @Nullable Throwable thrown;

  /// @param name of the thread
  public Baton(World world, String name, Runnable body) {
    this.world = world;
    runner = Thread.ofVirtual().name(name).unstarted(() -> carry(body));
  }

  /// Lets the code run until it [gives back][#giveBack] or ends. On the World's thread; what the
  /// code throws at its end is thrown here.
  ///
  /// @throws AssertionError when it waits elsewhere
  public void hand() {
    if (over) {
      return;
    }
    world.requireOwner();
    waiting = Thread.currentThread();
    world.handTo(runner);
    out = true;
    if (runner.getState() == Thread.State.NEW) {
      runner.start();
    } else {
      LockSupport.unpark(runner);
    }
    awaitReturn();
    switch (thrown) {
      case null -> {}
      case RuntimeException fault -> throw fault;
      case Error fault -> throw fault;
      case Throwable fault -> throw new IllegalStateException(fault);
    }
  }

  /// Waits until handed the baton again. On the code's own thread.
  public void giveBack() {
    back();
    while (!out) {
      LockSupport.park(this);
    }
  }

  /// Whether this is the code's own thread.
  public boolean isHeld() {
    return Thread.currentThread().equals(runner);
  }

  /// The code has ended.
  public boolean isOver() {
    return over;
  }

  public StackTraceElement[] stack() {
    return runner.getStackTrace();
  }

  private void carry(Runnable body) {
    try {
      body.run();
    } catch (Throwable fault) {
      thrown = fault;
    } finally {
      over = true;
      back();
    }
  }

  private void back() {
    Thread next = waiting;
    world.handTo(next);
    out = false;
    LockSupport.unpark(next);
  }

  private void awaitReturn() {
    long began = System.nanoTime();
    List<StackTraceElement> before = List.of();
    while (out) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      long waited = System.nanoTime() - began;
      if (out && waited > BLOCKED_NANOS) {
        List<StackTraceElement> now = List.of(runner.getStackTrace());
        if (waits() && now.equals(before)) {
          fail("waits, but not in the Call", now);
        } else if (waited > SPINNING_NANOS) {
          fail("does not wait at all", now);
        }
        before = now;
      }
    }
  }

  private boolean waits() {
    return switch (runner.getState()) {
      case BLOCKED, WAITING, TIMED_WAITING -> true;
      case NEW, RUNNABLE, TERMINATED -> false;
    };
  }

  private void fail(String what, List<StackTraceElement> stack) {
    Throwable where = new IllegalStateException("it is here");
    where.setStackTrace(stack.toArray(StackTraceElement[]::new));
    over = true;
    world.handTo(waiting);
    runner.interrupt();
    throw new AssertionError(runner.getName() + ' ' + what, where);
  }
}
