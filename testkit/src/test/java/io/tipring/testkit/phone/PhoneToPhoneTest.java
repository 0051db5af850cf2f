package io.tipring.testkit.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.testkit.net.Impairments;
import io.tipring.testkit.net.Impairments.Bursts;
import io.tipring.testkit.net.Network;
import io.tipring.testkit.phone.Manners.Quirk;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.World;
import io.tipring.wire.sip.dialog.EndCause;
import io.tipring.wire.sip.dialog.SessionNotice;
import io.tipring.wire.sip.dialog.SessionSettings;
import java.time.Duration;
import java.util.stream.Stream;

/// Two phones and nobody between them: what the phone promises to the stories that use it.
class PhoneToPhoneTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration ALL_COPIES = Duration.ofSeconds(33);
  private static final Duration SESSION =
      Duration.ofSeconds(SessionSettings.USUAL.sessionExpiresSeconds());

  /// Alice and Bob, a line between them.
  private static final class Neighbours {
    final World world;
    final Network network;
    final Phone alice;
    final Phone bob;

    Neighbours(World world, Manners alices, Manners bobs) {
      this.world = world;
      network = new Network(world);
      alice = new Phone(new WorldJack(network, "10.0.0.1", 5060), "alice", alices);
      bob = new Phone(new WorldJack(network, "10.0.0.2", 5060), "bob", bobs);
    }

    Neighbours(World world) {
      this(world, Manners.GOOD, Manners.GOOD);
    }

    PhoneCall answered() {
      bob.onCall(PhoneCall::answer);
      PhoneCall call = alice.dial(bob.uri());
      world.runUntil("both have answered", () -> call.isAnswered() && bobs().isAnswered(), SOON);
      return call;
    }

    PhoneCall bobs() {
      return bob.calls().getLast();
    }

    /// Both have hung up or lost their patience, whatever became of the messages. Who is not told
    /// finds out by the session timer (RFC 4028 10), and nothing is left two minutes later.
    void everythingIsOver() {
      world.runUntil(
          "every call has ended",
          () -> Stream.of(alice, bob).flatMap(p -> p.calls().stream()).allMatch(PhoneCall::isEnded),
          SESSION);
      world.run(Duration.ofMinutes(2));
      assertThat(alice.transactions() + bob.transactions()).isZero();
      assertThat(network.boundPorts(alice.address())).containsExactly(5060);
      assertThat(network.boundPorts(bob.address())).containsExactly(5060);
    }
  }

  @Story
  void theyHearEachOtherAndNotThemselves(World world) {
    Neighbours town = new Neighbours(world);
    PhoneCall call = town.answered();
    call.playTone(600);
    town.bobs().playTone(1500);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1500)).isTrue();
    assertThat(call.hears(600)).isFalse();
    assertThat(town.bobs().hears(600)).isTrue();
    assertThat(town.bobs().hears(1500)).isFalse();
    call.hangUp();
    world.runUntil("bob knows", town.bobs()::isEnded, SOON);
    assertThat(town.bobs().ending().map(SessionNotice.Ended::cause)).contains(EndCause.REMOTE_BYE);
    assertThat(call.statuses()).containsExactly(200);
    town.everythingIsOver();
  }

  @Story
  void keysArriveInOrder(World world) {
    Neighbours town = new Neighbours(world);
    PhoneCall call = town.answered();
    call.press("1234567890*#ABCD");
    world.run(Duration.ofSeconds(5));
    assertThat(town.bobs().keys()).isEqualTo("1234567890*#ABCD");
    call.hangUp();
    town.everythingIsOver();
  }

  @Story
  void keysAreHeardWhenTheyAreSound(World world) {
    Neighbours town =
        new Neighbours(world, Manners.GOOD.with(Quirk.NO_TELEPHONE_EVENTS), Manners.GOOD);
    PhoneCall call = town.answered();
    call.press("19*0#D");
    world.run(Duration.ofSeconds(3));
    assertThat(town.bobs().keys()).isEmpty();
    assertThat(town.bobs().tape().all().digits()).isEqualTo("19*0#D");
    call.hangUp();
    town.everythingIsOver();
  }

  @Story
  void theCallerGivesUpWhileItRings(World world) {
    Neighbours town = new Neighbours(world);
    PhoneCall call = town.alice.dial(town.bob.uri());
    world.runUntil("it rings", call::isRinging, SOON);
    call.hangUp();
    world.runUntil("both are told", () -> call.isEnded() && town.bobs().isEnded(), SOON);
    assertThat(call.statuses()).containsExactly(180, 487);
    assertThat(town.bobs().ending().map(SessionNotice.Ended::cause)).contains(EndCause.CANCELLED);
    town.everythingIsOver();
  }

  @Story
  void aRefusalReachesTheCaller(World world) {
    Neighbours town = new Neighbours(world);
    town.bob.onCall(call -> call.reject(486));
    PhoneCall call = town.alice.dial(town.bob.uri());
    world.runUntil("it is over", call::isEnded, SOON);
    assertThat(call.statuses()).containsExactly(486);
    town.everythingIsOver();
  }

  @Story
  void aDelayedOfferGivesSoundBothWays(World world) {
    Neighbours town = new Neighbours(world, Manners.GOOD.with(Quirk.DELAYED_OFFER), Manners.GOOD);
    PhoneCall call = town.answered();
    call.playTone(600);
    town.bobs().playTone(1500);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1500)).isTrue();
    assertThat(town.bobs().hears(600)).isTrue();
    call.hangUp();
    town.everythingIsOver();
  }

  @Story
  void tcpCarriesACallAsWell(World world) {
    Neighbours town = new Neighbours(world, Manners.GOOD.overTcp(), Manners.GOOD.overTcp());
    PhoneCall call = town.answered();
    call.playTone(600);
    world.run(Duration.ofSeconds(2));
    assertThat(town.bobs().hears(600)).isTrue();
    call.hangUp();
    town.everythingIsOver();
  }

  @Story
  void holdingSilencesOneWayAndResumingBringsItBack(World world) {
    Neighbours town = new Neighbours(world);
    PhoneCall call = town.answered();
    town.bobs().playTone(1500);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1500)).isTrue();
    call.hold();
    world.runUntil("held", () -> call.changes() == 1, SOON);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1500)).isFalse();
    call.resume();
    world.runUntil("resumed", () -> call.changes() == 2, SOON);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(1500)).isTrue();
    call.hangUp();
    town.everythingIsOver();
  }

  @Story
  void bothReofferAtOnceAndBothGetTheirWay(World world) {
    Neighbours town = new Neighbours(world);
    PhoneCall call = town.answered();
    world.run(Duration.ofSeconds(1));
    call.refresh();
    town.bobs().refresh();
    world.runUntil(
        "both have changed",
        () -> call.changes() >= 2 && town.bobs().changes() >= 2,
        Duration.ofSeconds(10));
    call.hangUp();
    town.everythingIsOver();
  }

  @Story
  void aBadLineLosesNoCall(World world) {
    Neighbours town = new Neighbours(world);
    town.network.everywhere(
        new Impairments(
            Duration.ofMillis(40), Duration.ofMillis(30), 0, Bursts.of(0.3, 4), 0.1, 0.1));
    town.bob.onCall(PhoneCall::answer);
    PhoneCall call = town.alice.dial(town.bob.uri());
    world.after(Duration.ofSeconds(40), call::hangUp);
    // The caller has hung up by then; only now may the callee's end be waited for.
    world.run(Duration.ofSeconds(40).plus(ALL_COPIES));
    assertThat(call.ending()).isPresent();
    town.everythingIsOver();
  }

  /// RFC 3261 17.1.2.2: so many copies go out in 32 s, then the caller is free. The callee asks
  /// after half of the session whether anybody is there.
  @Story
  void aHangUpThatIsNeverHeardEndsTheCallForBoth(World world) {
    Neighbours town = new Neighbours(world);
    PhoneCall call = town.answered();
    town.network.lose(Integer.MAX_VALUE, datagram -> datagram.startsWith("BYE "));
    call.hangUp();
    world.run(ALL_COPIES);
    assertThat(call.ending().map(SessionNotice.Ended::cause)).contains(EndCause.LOCAL_BYE);
    assertThat(town.bobs().isEnded()).isFalse();
    world.runUntil("bob finds out", town.bobs()::isEnded, SESSION);
    assertThat(town.bobs().ending().map(SessionNotice.Ended::cause))
        .hasValueSatisfying(
            cause -> assertThat(cause).isIn(EndCause.DIALOG_GONE, EndCause.SESSION_EXPIRED));
    town.everythingIsOver();
  }
}
