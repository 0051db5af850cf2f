package io.tipring.testkit.world;

import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One thread, one virtual clock, one seed: everything that happens is an event in a queue ordered
/// by time, then by who came first. Nothing in it waits, so an hour passes as fast as its events
/// can be carried out.
///
/// All its lanes share the queue. A World that *spreads* gives every posted turn a small delay of
/// its own, while the order between one sender and one resource stays: what still works then does
/// not lean on two resources sharing a lane (ADR 0002). Owner: the thread that made it, or whoever
/// has its [Baton].
public final class World {
  private static final long LONGEST_SPREAD_NANOS = Duration.ofMillis(3).toNanos();
  private static final int EVENTS_AT_ONE_INSTANT = 1_000_000;
  private static final int PAIRS_KEPT = 8192;
  private static final String STORY = "story";

  private final long seed;
  private final boolean spread;
  private final Dice dice;
  private final Dice spreadDice;
  private final Trace trace = new Trace();
  private Thread owner = Thread.currentThread();
  private final PriorityQueue<Happening> queue = new PriorityQueue<>();
  private final Map<Pair, Long> lastTurn = new HashMap<>();
  private final long startNanos;

  private String acting = STORY;
  private long nowNanos;
  private long sequence;
  private long carriedOut;
  private int atThisInstant;

  public World(long seed) {
    this(seed, false);
  }

  public World(long seed, boolean spread) {
    this.seed = seed;
    this.spread = spread;
    this.dice = new Dice(seed);
    this.spreadDice = dice.named("spread");
    // Nobody may lean on a clock that begins at zero: System.nanoTime does not.
    this.startNanos =
        Duration.ofHours(1).toNanos() + dice.named("clock").below(Duration.ofDays(100).toNanos());
    this.nowNanos = startNanos;
  }

  public long seed() {
    return seed;
  }

  public Trace trace() {
    return trace;
  }

  /// Dice of its own for `name`; ask once and keep them.
  public Dice dice(String name) {
    return dice.named(name);
  }

  /// Where the thing called `name` gets ids, tags and SSRCs from.
  public Randomness randomness(String name) {
    return dice.named(name);
  }

  public Lane lane() {
    return new WorldLane(this);
  }

  /// Virtual time in nanoseconds, monotonic, from an arbitrary start.
  public long nowNanos() {
    return nowNanos;
  }

  /// Virtual wall clock, milliseconds since 1970: begins at 2030-01-01T00:00:00Z.
  public long wallMillis() {
    return 1_893_456_000_000L + elapsed().toMillis();
  }

  /// The same as a clock, in UTC.
  public Clock clock() {
    return new WorldClock(this, ZoneOffset.UTC);
  }

  /// Virtual time since the World began.
  public Duration elapsed() {
    return Duration.ofNanos(nowNanos - startNanos);
  }

  /// How many events have been carried out.
  public long eventCount() {
    return carriedOut;
  }

  /// What is still to come: turns, packets on their way, alarms that nobody cancelled.
  public int pending() {
    return (int) queue.stream().filter(happening -> happening.action != null).count();
  }

  /// Writes one line of the trace.
  public void note(String who, String what) {
    trace.add(nowNanos - startNanos, who, what);
  }

  /// Does `action` after `delay`, in the name of the story.
  public Lane.Alarm after(Duration delay, Runnable action) {
    return at(nowNanos + delay.toNanos(), STORY, action);
  }

  /// Does `action` at `atNanos`, or next if that has passed, in the name of `who`.
  public Lane.Alarm at(long atNanos, String who, Runnable action) {
    requireOwner();
    Happening happening = new Happening(Math.max(atNanos, nowNanos), sequence++, who, action);
    queue.add(happening);
    return happening;
  }

  /// Lets `duration` pass.
  public void run(Duration duration) {
    requireOwner();
    long end = nowNanos + duration.toNanos();
    while (step(end)) {
      // the step is the work
    }
    nowNanos = end;
  }

  /// Lets time pass until `condition` holds; fails the story when it does not within `deadline`.
  ///
  /// @param what the condition in words, for the failure
  public void runUntil(String what, BooleanSupplier condition, Duration deadline) {
    requireOwner();
    long end = nowNanos + deadline.toNanos();
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        nowNanos = end;
        if (condition.getAsBoolean()) {
          return;
        }
        throw new AssertionError("not within " + deadline + ": " + what);
      }
    }
  }

  void post(String resource, Runnable turn) {
    at(spread ? spreadTime(resource) : nowNanos, resource, turn);
  }

  private long spreadTime(String resource) {
    if (lastTurn.size() > PAIRS_KEPT) {
      lastTurn.values().removeIf(time -> time < nowNanos);
    }
    long time = nowNanos + spreadDice.below(LONGEST_SPREAD_NANOS);
    return lastTurn.merge(new Pair(acting, resource), time, Math::max);
  }

  /// Carries out the next event if it is due by `endNanos`.
  private boolean step(long endNanos) {
    Happening next = queue.peek();
    if (next == null || next.atNanos > endNanos) {
      return false;
    }
    queue.remove();
    Runnable action = next.action;
    if (action == null) {
      return true;
    }
    next.action = null;
    guardAgainstSpinning(next);
    nowNanos = next.atNanos;
    acting = next.who;
    try {
      action.run();
    } catch (RuntimeException | AssertionError e) {
      note(next.who, "failed: " + e);
      throw e;
    } finally {
      acting = STORY;
    }
    carriedOut++;
    return true;
  }

  private void guardAgainstSpinning(Happening next) {
    atThisInstant = next.atNanos == nowNanos ? atThisInstant + 1 : 0;
    if (atThisInstant > EVENTS_AT_ONE_INSTANT) {
      throw new AssertionError(
          "time stands still: " + next.who + " is one of " + atThisInstant + " events in a row");
    }
  }

  void requireOwner() {
    if (!Thread.currentThread().equals(owner)) {
      throw new IllegalStateException("a World has one thread, " + owner.getName());
    }
  }

  /// From now on `thread` acts.
  void handTo(Thread thread) {
    owner = thread;
  }

  private record Pair(String sender, String resource) {}

  private static final class Happening implements Lane.Alarm, Comparable<Happening> {
    final long atNanos;
    final long sequence;
    final String who;
    @Nullable Runnable action;

    Happening(long atNanos, long sequence, String who, Runnable action) {
      this.atNanos = atNanos;
      this.sequence = sequence;
      this.who = who;
      this.action = action;
    }

    @Override
    public void cancel() {
      // It stays in the queue until its time and then does nothing: removing from a heap costs a
      // walk through it.
      action = null;
    }

    @Override
    public int compareTo(Happening other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }
}
