package io.tipring.core.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
  private static final long TICK = 1 << 20;
  private static final long SECOND = 1_000_000_000;
  private static final long BEFORE_THE_WRAP =
      Long.sum(Long.MAX_VALUE, -5 * SECOND); // no constant: sums with it wrap on purpose

  private final List<String> fired = new ArrayList<>();

  @Test
  void firesNothingBeforeTheDeadlineAndNothingLaterThanOneTickAfterIt() {
    for (long deadline :
        new long[] {1, TICK - 1, TICK, 70 * TICK, 32 * SECOND, 3 * 3600 * SECOND}) {
      TimerWheel wheel = new TimerWheel(0);
      TimerWheel.Timer timer = arm(wheel, deadline, "t");
      assertThat(wheel.poll(deadline - 1)).isNull();
      assertThat(wheel.poll(deadline + TICK)).isSameAs(timer);
      assertThat(wheel.hasWork()).isFalse();
    }
  }

  @Test
  void firesByTickAndThenByInsertionEvenWhenTheEarlierOneCameDownFromACoarseSlot() {
    TimerWheel wheel = new TimerWheel(0);
    long deadline = 10 * SECOND;
    arm(wheel, deadline, "armed long before");
    arm(wheel, deadline + 2 * TICK, "later tick");
    advance(wheel, deadline - 3 * TICK);
    arm(wheel, deadline, "armed just before");
    advance(wheel, deadline + 10 * TICK);
    assertThat(fired).containsExactly("armed long before", "armed just before", "later tick");
  }

  @Test
  void firesAPastDeadlineAtTheNextPoll() {
    TimerWheel wheel = new TimerWheel(0);
    advance(wheel, 5 * SECOND);
    TimerWheel.Timer late = arm(wheel, SECOND, "late");
    assertThat(wheel.nextWorkNanos()).isLessThanOrEqualTo(5 * SECOND);
    assertThat(wheel.poll(5 * SECOND)).isSameAs(late);
  }

  @Test
  void passesTheWrapOfTheClock() {
    TimerWheel wheel = new TimerWheel(BEFORE_THE_WRAP);
    arm(wheel, BEFORE_THE_WRAP + 32 * SECOND, "after the wrap");
    arm(wheel, BEFORE_THE_WRAP + SECOND, "before the wrap");
    advance(wheel, BEFORE_THE_WRAP + 4 * SECOND);
    assertThat(fired).containsExactly("before the wrap");
    assertThat(BEFORE_THE_WRAP + 6 * SECOND).isNegative();
    advance(wheel, BEFORE_THE_WRAP + 31 * SECOND);
    assertThat(fired).hasSize(1);
    advance(wheel, BEFORE_THE_WRAP + 33 * SECOND);
    assertThat(fired).containsExactly("before the wrap", "after the wrap");
  }

  @Test
  void aCancelledTimerNeverFiresAndCancellingAgainIsNoNews() {
    TimerWheel wheel = new TimerWheel(0);
    TimerWheel.Timer first = arm(wheel, SECOND, "first");
    TimerWheel.Timer second = arm(wheel, SECOND, "second");
    TimerWheel.Timer third = arm(wheel, SECOND, "third");
    second.cancel();
    second.cancel();
    assertThat(wheel.size()).isEqualTo(2);
    advance(wheel, 2 * SECOND);
    assertThat(fired).containsExactly("first", "third");
    first.cancel();
    third.cancel();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aTimerMayArmAndCancelOthersWhileItFires() {
    TimerWheel wheel = new TimerWheel(0);
    TimerWheel.Timer victim = arm(wheel, 2 * SECOND, "victim");
    wheel.schedule(
        SECOND,
        "r",
        () -> {
          victim.cancel();
          arm(wheel, SECOND, "same moment");
        });
    advance(wheel, 3 * SECOND);
    assertThat(fired).containsExactly("same moment");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aClockThatStepsBackFindsNothingAndLosesNothing() {
    TimerWheel wheel = new TimerWheel(0);
    advance(wheel, 10 * SECOND);
    TimerWheel.Timer timer = arm(wheel, 11 * SECOND, "t");
    assertThat(wheel.poll(3 * SECOND)).isNull();
    assertThat(wheel.poll(12 * SECOND)).isSameAs(timer);
  }

  @Test
  void hasNoNextWorkWhenNothingIsArmed() {
    assertThatThrownBy(new TimerWheel(0)::nextWorkNanos).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aHundredThousandTimersOf32SecondsAllFireInOrder() {
    TimerWheel wheel = new TimerWheel(BEFORE_THE_WRAP);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      wheel.schedule(BEFORE_THE_WRAP + 32 * SECOND + i * 50_000L, "r", () -> order.add(number));
    }
    assertThat(wheel.size()).isEqualTo(100_000);
    advance(wheel, BEFORE_THE_WRAP + Duration.ofSeconds(38).toNanos());
    assertThat(order).hasSize(100_000).isSorted();
    assertThat(wheel.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithASortedListWhateverHappens(long seed) {
    Random random = new Random(seed);
    long now = seed % 2 == 0 ? BEFORE_THE_WRAP : random.nextLong() >> 2;
    TimerWheel wheel = new TimerWheel(now);
    Naive naive = new Naive(now);
    List<TimerWheel.Timer> handles = new ArrayList<>();
    List<Naive.Entry> entries = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2, 3 -> {
          long deadline = now + delay(random);
          String name = "s" + step;
          handles.add(arm(wheel, deadline, name));
          entries.add(naive.arm(deadline, name));
        }
        case 4 -> {
          if (!handles.isEmpty()) {
            int victim = random.nextInt(handles.size());
            handles.get(victim).cancel();
            naive.cancel(entries.get(victim));
          }
        }
        case 5 -> {
          if (wheel.hasWork()) {
            // Sleeping until the wheel says so must never oversleep a timer.
            assertThat(wheel.nextWorkNanos() - naive.earliest())
                .as("seed %d", seed)
                .isNotPositive();
          }
        }
        default -> {
          now += delay(random) / 4;
          fired.clear();
          advance(wheel, now);
          assertThat(fired).as("seed %d step %d", seed, step).isEqualTo(naive.due(now));
          assertThat(wheel.size()).isEqualTo(naive.entries.size());
        }
      }
    }
  }

  private static long delay(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong(3 * TICK);
      case 1 -> random.nextLong(500_000_000);
      case 2 -> random.nextLong(32 * SECOND);
      default -> random.nextLong(600 * SECOND);
    };
  }

  private TimerWheel.Timer arm(TimerWheel wheel, long deadline, String name) {
    return wheel.schedule(deadline, "r", () -> fired.add(name));
  }

  private static void advance(TimerWheel wheel, long now) {
    for (TimerWheel.Timer due = wheel.poll(now); due != null; due = wheel.poll(now)) {
      due.turn().run();
    }
  }

  /// The same rule in the plainest words.
  private static final class Naive {
    record Entry(long tick, String name) {}

    private final long origin;
    private final List<Entry> entries = new ArrayList<>();
    private long current;

    Naive(long origin) {
      this.origin = origin;
    }

    Entry arm(long deadline, String name) {
      Entry entry = new Entry(Math.max(current, Math.ceilDiv(deadline - origin, TICK)), name);
      entries.add(entry);
      return entry;
    }

    void cancel(Entry entry) {
      entries.remove(entry);
    }

    long earliest() {
      return origin + entries.stream().mapToLong(Entry::tick).min().orElseThrow() * TICK;
    }

    List<String> due(long now) {
      current = Math.floorDiv(now - origin, TICK);
      List<Entry> due =
          entries.stream()
              .filter(e -> e.tick <= current)
              .sorted(Comparator.comparingLong(Entry::tick))
              .toList();
      entries.removeAll(due);
      return due.stream().map(Entry::name).toList();
    }
  }
}
