package io.tipring.testkit.stories;

import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Manners.Quirk;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.World;
import java.time.Duration;

/// What callers do, and what they then hear.
class CallStoriesTest {
  @Story
  void callerHearsHimself(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered("echo");
    hearsHimselfAndHangsUp(town, call);
    assertThat(call.statuses()).containsExactly(200);
    assertThat(town.endings()).containsExactly(EndReason.CALLER_HUNG_UP);
    town.nothingIsLeft();
  }

  @Story
  void callerHearsTheTone(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered("tone");
    call.playTone(700);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1000)).isTrue();
    assertThat(call.hears(700)).isFalse();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void keysAreAnsweredByTheirTones(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered("digits");
    hearsHisKeysAndHangsUp(town, call, "12#");
    town.nothingIsLeft();
  }

  @Story
  void keysWithoutMarkerCountAsWell(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered(town.phone(Manners.GOOD.with(Quirk.NO_MARKER)), "digits");
    hearsHisKeysAndHangsUp(town, call, "0*9D");
    town.nothingIsLeft();
  }

  @Story
  void callerHangsUpWhileRinging(World world) {
    Town town = new Town(world);
    PhoneCall call = town.dial("bell");
    world.runUntil("it rings", call::isRinging, SOON);
    town.hangUp(call);
    assertThat(call.statuses()).containsExactly(180, 487);
    assertThat(town.endings()).containsExactly(EndReason.CALLER_CANCELLED);
    town.nothingIsLeft();
  }

  @Story
  void nobodyAnswersForEver(World world) {
    Town town = new Town(world);
    PhoneCall call = town.dial("bell");
    world.runUntil("it is given up", call::isEnded, Duration.ofMinutes(4));
    assertThat(call.statuses().getLast()).isGreaterThanOrEqualTo(400);
    town.nothingIsLeft();
  }

  @Story
  void busyIsSaid(World world) {
    Town town = new Town(world);
    PhoneCall call = town.dial("busy");
    world.runUntil("it is over", call::isEnded, SOON);
    assertThat(call.statuses()).containsExactly(486);
    assertThat(town.endings()).containsExactly(EndReason.APP_REJECTED);
    town.nothingIsLeft();
  }

  @Story
  void unknownNameGets404(World world) {
    Town town = new Town(world);
    PhoneCall call = town.dial("nobody");
    world.runUntil("it is over", call::isEnded, SOON);
    assertThat(call.statuses()).containsExactly(404);
    town.nothingIsLeft();
  }

  @Story
  void heldAndResumed(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered("tone");
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1000)).isTrue();
    call.hold();
    world.runUntil("held", () -> call.changes() == 1, SOON);
    world.run(Duration.ofMinutes(2));
    assertThat(call.isEnded()).as("a held call is not silent by fault").isFalse();
    assertThat(call.hears(1000)).isFalse();
    call.resume();
    world.runUntil("resumed", () -> call.changes() == 2, SOON);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1000)).isTrue();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void delayedOffer(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered(town.phone(Manners.GOOD.with(Quirk.DELAYED_OFFER)), "echo");
    hearsHimselfAndHangsUp(town, call);
    town.nothingIsLeft();
  }

  @Story
  void reliableProvisional(World world) {
    Town town = new Town(world);
    PhoneCall call =
        town.answered(town.phone(Manners.GOOD.with(Quirk.REQUIRES_100REL)), "ringing-echo");
    assertThat(call.statuses()).containsExactly(180, 200);
    hearsHimselfAndHangsUp(town, call);
    town.nothingIsLeft();
  }

  @Story
  void tcpCarriesACallAsWell(World world) {
    Town town = new Town(world);
    PhoneCall call = town.answered(town.phone(Manners.GOOD.overTcp()), "echo");
    hearsHimselfAndHangsUp(town, call);
    town.nothingIsLeft();
  }

  @Story
  void twoCallsDoNotHearEachOther(World world) {
    Town town = new Town(world);
    PhoneCall one = town.answered("echo");
    PhoneCall other = town.answered("echo");
    one.playTone(700);
    other.playTone(1300);
    world.run(Duration.ofSeconds(2));
    assertThat(one.hears(700)).isTrue();
    assertThat(one.hears(1300)).isFalse();
    assertThat(other.hears(1300)).isTrue();
    assertThat(other.hears(700)).isFalse();
    one.hangUp();
    other.hangUp();
    town.nothingIsLeft();
  }

  @Story(cost = 5)
  void aClockThatDriftsIsHeardWithoutGaps(World world) {
    Town town = new Town(world);
    for (int ppm : new int[] {200, -200}) {
      Phone phone = town.phone(Manners.GOOD.withDrift(ppm));
      PhoneCall call = town.answered(phone, "echo");
      call.playTone(700);
      world.run(Duration.ofSeconds(60));
      assertThat(call.hears(700)).isTrue();
      assertThat(call.tape().last(50_000).longestGapMillis(700)).isLessThanOrEqualTo(40);
      town.hangUp(call);
    }
    town.nothingIsLeft();
  }

  @Story
  void shutdownDrains(World world) {
    Town town = new Town(world);
    PhoneCall running = town.answered("echo");
    boolean[] empty = new boolean[1];
    town.exchange.drain(Duration.ofSeconds(10), () -> empty[0] = true);
    world.run(Duration.ofSeconds(1));
    PhoneCall late = town.dial("echo");
    world.runUntil("the late one is refused", late::isEnded, SOON);
    assertThat(late.statuses()).containsExactly(503);
    assertThat(running.isEnded()).isFalse();
    world.runUntil("all is empty", () -> empty[0], Duration.ofSeconds(12));
    world.runUntil("the running one was hung up", running::isEnded, SOON);
    assertThat(town.endings()).contains(EndReason.SHUTTING_DOWN);
    town.nothingIsLeft();
  }

  private static void hearsHimselfAndHangsUp(Town town, PhoneCall call) {
    call.playTone(700);
    town.world.run(Duration.ofSeconds(2));
    assertThat(call.hears(700)).isTrue();
    town.hangUp(call);
  }

  private static void hearsHisKeysAndHangsUp(Town town, PhoneCall call, String keys) {
    call.press(keys);
    town.world.run(Duration.ofSeconds(3));
    assertThat(call.tape().all().digits()).isEqualTo(keys);
    town.hangUp(call);
  }
}
