package io.tipring.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.core.lane.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {
  private final World world = new World(7);
  private final List<String> seen = new ArrayList<>();

  @Test
  void turnsOfOneInstantRunInTheOrderTheyWerePosted() {
    Lane lane = world.lane();
    lane.post(
        "a",
        () -> {
          seen.add("first");
          lane.post("a", () -> seen.add("third"));
        });
    lane.post("b", () -> seen.add("second"));
    world.run(Duration.ZERO);
    assertThat(seen).containsExactly("first", "second", "third");
  }

  @Test
  void timeStandsStillDuringATurnAndJumpsToTheNext() {
    Lane lane = world.lane();
    long start = world.nowNanos();
    lane.wakeAt(start + 5, "a", () -> seen.add("at " + (lane.nowNanos() - start)));
    world.run(Duration.ofHours(1));
    assertThat(seen).containsExactly("at 5");
    assertThat(world.elapsed()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aCancelledAlarmDoesNotRing() {
    Lane lane = world.lane();
    Lane.Alarm alarm = lane.wakeAt(world.nowNanos() + 10, "a", () -> seen.add("rang"));
    lane.wakeAt(world.nowNanos() + 10, "b", () -> seen.add("other"));
    alarm.cancel();
    alarm.cancel();
    world.run(Duration.ofSeconds(1));
    assertThat(seen).containsExactly("other");
  }

  @Test
  void aTurnMayCancelAnAlarmOfTheSameInstant() {
    Lane lane = world.lane();
    long at = world.nowNanos() + 10;
    List<Lane.Alarm> later = new ArrayList<>();
    lane.wakeAt(at, "a", () -> later.getFirst().cancel());
    later.add(lane.wakeAt(at, "b", () -> seen.add("rang")));
    world.run(Duration.ofSeconds(1));
    assertThat(seen).isEmpty();
  }

  @Test
  void spreadingDelaysResourcesButKeepsTheOrderBetweenOneSenderAndOneResource() {
    boolean overtaken = false;
    for (long seed = 1; seed <= 20; seed++) {
      World spreading = new World(seed, true);
      Lane lane = spreading.lane();
      List<String> order = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int number = i;
        lane.post("a", () -> order.add("a" + number));
        lane.post("b", () -> order.add("b" + number));
      }
      spreading.run(Duration.ofSeconds(1));
      assertThat(order.stream().filter(s -> s.startsWith("a")))
          .isSortedAccordingTo(WorldTest::byNumber)
          .hasSize(50);
      assertThat(order.stream().filter(s -> s.startsWith("b")))
          .isSortedAccordingTo(WorldTest::byNumber)
          .hasSize(50);
      overtaken |= order.indexOf("b0") < order.indexOf("a0");
    }
    assertThat(overtaken).isTrue();
  }

  @Test
  void aWaitHasADeadlineAndSaysWhatItWaitedFor() {
    assertThatThrownBy(() -> world.runUntil("pigs fly", () -> false, Duration.ofSeconds(3)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within PT3S: pigs fly");
    assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aWaitEndsInTheMomentItsConditionHolds() {
    world.after(Duration.ofMillis(250), () -> seen.add("now"));
    world.after(Duration.ofMillis(251), () -> seen.add("later"));
    world.runUntil("now", () -> !seen.isEmpty(), Duration.ofSeconds(3));
    assertThat(world.elapsed()).isEqualTo(Duration.ofMillis(250));
    assertThat(seen).containsExactly("now");
  }

  @Test
  void aTurnThatPostsItselfForEverIsFound() {
    Lane lane = world.lane();
    Runnable[] turn = new Runnable[1];
    turn[0] = () -> lane.post("spinner", turn[0]);
    lane.post("spinner", turn[0]);
    assertThatThrownBy(() -> world.run(Duration.ofSeconds(1)))
        .hasMessageContaining("time stands still: spinner");
  }

  @Test
  void diceByNameDoNotDependOnThrowsOfOthers() {
    Dice one = new Dice(3);
    Dice other = new Dice(3);
    other.nextLong();
    assertThat(one.named("phone").nextLong()).isEqualTo(other.named("phone").nextLong());
    assertThat(one.named("phone").nextLong()).isNotEqualTo(one.named("line").nextLong());
    assertThat(new Dice(3).named("phone").nextLong())
        .isNotEqualTo(new Dice(4).named("phone").nextLong());
  }

  @Test
  void diceAreEven() {
    Dice dice = new Dice(1);
    int[] counts = new int[6];
    for (int i = 0; i < 60_000; i++) {
      counts[(int) dice.below(6)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_500, 10_500);
    }
  }

  @Test
  void theTraceKeepsItsNewestLinesAndADigestOverAll() {
    for (int i = 0; i < 60_000; i++) {
      world.note("me", "line " + i);
    }
    World same = new World(7);
    for (int i = 0; i < 60_000; i++) {
      same.note("me", i == 0 ? "another beginning" : "line " + i);
    }
    assertThat(world.trace().text()).contains("line 59999").doesNotContain("line 9999\n");
    assertThat(world.trace().digest()).isNotEqualTo(same.trace().digest());
  }

  private static int byNumber(String one, String other) {
    return Integer.compare(
        Integer.parseInt(one.substring(1)), Integer.parseInt(other.substring(1)));
  }
}
