package io.tipring.core.lane;

import org.jspecify.annotations.Nullable;

/// The timers of one lane: insert and cancel in constant time however many live (a SIP exchange
/// keeps 100,000 transactions for 32 s each, nearly all of which are cancelled or forgotten). A
/// heap would look through all of them for each cancel.
///
/// Time is cut into ticks of 2^20 ns (about 1 ms). A timer never fires before its deadline and at
/// most one tick after it, given that somebody polls. The order is fixed: by tick, and within a
/// tick by insertion. A deadline that has passed fires at the next poll, after those of the current
/// tick that were there before it.
///
/// ```text
/// level 0   64 slots of 1 tick         what is due within the current 67 ms
/// level 1   64 slots of 64 ticks       ... within the current 4.3 s
/// level 2   64 slots of 4,096 ticks    ... within the current 275 s
/// level 7   covers all that nanoTime can say
/// ```
///
/// A timer lies in the level of the highest six-bit digit in which its tick differs from the
/// current one. So a slot of level 0 is filled by the cascade from above *before* anything can be
/// inserted into it directly, which is what keeps the insertion order without sorting. One 64-bit
/// map per level finds the next slot without walking empty ones.
///
/// Only differences of nanoTime are used, so a clock that wraps at [Long#MAX_VALUE] is fine;
/// deadlines must lie less than 2^62 ns (146 years) from the present. Owned by one lane, not
/// thread-safe.
public final class TimerWheel {
  private static final int TICK_BITS = 20;
  private static final int DIGIT_BITS = 6;
  private static final int SLOTS = 1 << DIGIT_BITS;
  private static final int DIGIT_MASK = SLOTS - 1;
  private static final int LEVELS = 8; // 8 x 6 bits > the 43 bits of a tick

  private final long originNanos;
  private final Slot[] slots = new Slot[LEVELS * SLOTS];
  private final long[] filled = new long[LEVELS];
  private long currentTick;
  private int size;

  public TimerWheel(long nowNanos) {
    originNanos = nowNanos;
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot(i >> DIGIT_BITS, i & DIGIT_MASK);
    }
  }

  /// How many timers have neither fired nor been cancelled.
  public int size() {
    return size;
  }

  /// Arms a timer. It is handed out by [#poll(long)]; the wheel itself runs nothing.
  public Timer schedule(long deadlineNanos, String resource, Runnable turn) {
    Timer timer =
        new Timer(this, Math.max(currentTick, tickAtOrAfter(deadlineNanos)), resource, turn);
    size++;
    place(timer);
    return timer;
  }

  /// The next timer that is due at `nowNanos`, taken out of the wheel, or null. A clock that steps
  /// back finds nothing.
  public @Nullable Timer poll(long nowNanos) {
    long target = (nowNanos - originNanos) >> TICK_BITS;
    while (true) {
      Timer due = slot(0, (int) currentTick & DIGIT_MASK).head;
      if (due != null) {
        due.leave();
        size--;
        return due;
      }
      int level = lowestFilledLevel();
      long next = level == LEVELS ? Long.MAX_VALUE : startOfNextSlot(level);
      if (next > target) {
        // Nothing between here and there, so no timer changes its level on the way.
        currentTick = Math.max(currentTick, target);
        return null;
      }
      currentTick = next;
      cascade(level);
    }
  }

  /// Whether any timer is armed. Asked apart from [#nextWorkNanos()] since no long is free to mean
  /// "never".
  public boolean hasWork() {
    return size > 0;
  }

  /// When [#poll(long)] next has work: the earliest timer's tick, or an earlier moment at which a
  /// coarse slot must be spread over finer ones. Compare by subtraction.
  ///
  /// @throws IllegalStateException when no timer is armed
  public long nextWorkNanos() {
    if (size == 0) {
      throw new IllegalStateException("no timer is armed");
    }
    if (slot(0, (int) currentTick & DIGIT_MASK).head != null) {
      return nanosOf(currentTick);
    }
    return nanosOf(startOfNextSlot(lowestFilledLevel()));
  }

  private long tickAtOrAfter(long deadlineNanos) {
    long sinceOrigin = deadlineNanos - originNanos;
    return (sinceOrigin >> TICK_BITS) + ((sinceOrigin & ((1L << TICK_BITS) - 1)) == 0 ? 0 : 1);
  }

  private long nanosOf(long tick) {
    return originNanos + (tick << TICK_BITS);
  }

  private void place(Timer timer) {
    long difference = timer.tick ^ currentTick;
    int level =
        difference == 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(difference)) / DIGIT_BITS;
    slot(level, digit(timer.tick, level)).append(timer);
    filled[level] |= 1L << digit(timer.tick, level);
  }

  private int lowestFilledLevel() {
    int level = 0;
    while (level < LEVELS && filled[level] == 0) {
      level++;
    }
    return level;
  }

  /// All timers of a level lie after the current digit of that level, so its lowest filled slot is
  /// the next one.
  private long startOfNextSlot(int level) {
    int shift = level * DIGIT_BITS;
    long above = currentTick & -(1L << (shift + DIGIT_BITS));
    return above | ((long) Long.numberOfTrailingZeros(filled[level]) << shift);
  }

  private void cascade(int level) {
    if (level == 0) {
      return;
    }
    Slot slot = slot(level, digit(currentTick, level));
    Timer timer = slot.head;
    slot.head = null;
    slot.tail = null;
    filled[level] &= ~(1L << slot.index);
    while (timer != null) {
      Timer following = timer.next;
      timer.previous = null;
      timer.next = null;
      place(timer);
      timer = following;
    }
  }

  private static int digit(long tick, int level) {
    return (int) (tick >> (level * DIGIT_BITS)) & DIGIT_MASK;
  }

  private Slot slot(int level, int index) {
    return slots[(level << DIGIT_BITS) | index];
  }

  /// One armed timer; what a lane returns as its [Lane.Alarm].
  public static final class Timer implements Lane.Alarm {
    private final TimerWheel wheel;
    private final long tick;
    private final String resource;
    private final Runnable turn;
    private @Nullable Slot slot;
    private @Nullable Timer previous;
    private @Nullable Timer next;

    private Timer(TimerWheel wheel, long tick, String resource, Runnable turn) {
      this.wheel = wheel;
      this.tick = tick;
      this.resource = resource;
      this.turn = turn;
    }

    public String resource() {
      return resource;
    }

    public Runnable turn() {
      return turn;
    }

    @Override
    public void cancel() {
      if (slot != null) {
        leave();
        wheel.size--;
      }
    }

    private void leave() {
      Slot from = slot;
      if (from == null) {
        throw new IllegalStateException("not in the wheel");
      }
      if (previous == null) {
        from.head = next;
      } else {
        previous.next = next;
      }
      if (next == null) {
        from.tail = previous;
      } else {
        next.previous = previous;
      }
      if (from.head == null) {
        wheel.filled[from.level] &= ~(1L << from.index);
      }
      slot = null;
      previous = null;
      next = null;
    }
  }

  /// The timers of one stretch of time, in the order of their insertion.
  private static final class Slot {
    private final int level;
    private final int index;
    private @Nullable Timer head;
    private @Nullable Timer tail;

    private Slot(int level, int index) {
      this.level = level;
      this.index = index;
    }

    private void append(Timer timer) {
      timer.slot = this;
      timer.previous = tail;
      if (tail == null) {
        head = timer;
      } else {
        tail.next = timer;
      }
      tail = timer;
    }
  }
}
