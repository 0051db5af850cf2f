package io.tipring.testkit.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.testkit.net.Impairments;
import io.tipring.testkit.net.Impairments.Bursts;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Manners.Quirk;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Campaign;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Many calls over a line that loses 30 % in bursts, doubles and reorders: no call is stuck, no
/// port leaks, no final status is lost.
class BadHourTest {
  private static final Impairments BAD =
      new Impairments(
          Duration.ofMillis(30), Duration.ofMillis(40), 0.01, Bursts.of(0.3, 6), 0.1, 0.1);
  private static final List<String> NAMES =
      List.of("echo", "tone", "digits", "ringing-echo", "busy", "nobody", "bell");

  @Story
  void severalCallsAtOnceOverABadLine(World world) {
    callsFor(world, Duration.ofMinutes(1), 5);
  }

  @Story(cost = 20)
  void oneHourOfCallsOverABadLine(World world) {
    callsFor(world, Duration.ofHours(1), Campaign.current() == Campaign.QUICK ? 8 : 24);
  }

  private static void callsFor(World world, Duration duration, int phones) {
    Town town = new Town(world);
    town.network.everywhere(BAD);
    Dice dice = world.dice("callers");
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < phones; i++) {
      Caller caller = new Caller(town, town.phone(manners(i)), dice.named("caller " + i), duration);
      callers.add(caller);
      caller.callLater();
    }
    world.run(duration);
    town.nothingIsLeft();
    assertThat(callers).allMatch(caller -> caller.calls > 0);
    long answered = callers.stream().mapToLong(caller -> caller.answered).sum();
    assertThat(answered).isPositive();
    world.note(
        "story", town.exchange.journal().size() + " events, " + answered + " calls answered");
  }

  private static Manners manners(int number) {
    return switch (number % 8) {
      case 0 -> Manners.GOOD.with(Quirk.DELAYED_OFFER);
      case 1 -> Manners.GOOD.with(Quirk.REQUIRES_100REL);
      case 2 -> Manners.GOOD.with(Quirk.NO_MARKER);
      case 3 -> Manners.GOOD.withDrift(200);
      case 4 -> Manners.GOOD.with(Quirk.NO_ACK);
      case 5 -> Manners.GOOD.with(Quirk.NO_BYE_ANSWER);
      case 6 -> Manners.GOOD.overTcp();
      default -> Manners.GOOD;
    };
  }

  /// Somebody who calls again and again, for as long as the story lasts.
  private static final class Caller {
    private final Town town;
    private final Phone phone;
    private final Dice dice;
    private final long lastNanos;
    int calls;
    int answered;

    Caller(Town town, Phone phone, Dice dice, Duration duration) {
      this.town = town;
      this.phone = phone;
      this.dice = dice;
      this.lastNanos = town.world.nowNanos() + duration.toNanos();
    }

    void callLater() {
      town.world.after(Duration.ofMillis(dice.below(30_000)), this::call);
    }

    private void call() {
      if (town.world.nowNanos() > lastNanos) {
        return;
      }
      calls++;
      phone.forgetEnded();
      String name = NAMES.get((int) dice.below(NAMES.size()));
      PhoneCall call = phone.dial(town.exchange.uri(name));
      call.playTone(700);
      town.world.after(
          Duration.ofMillis(dice.below(20_000)),
          () -> {
            if (call.isAnswered() && !call.isEnded() && call.hasSound()) {
              answered++;
              call.press("5");
            }
          });
      town.world.after(
          Duration.ofMillis(1 + dice.below(40_000)),
          () -> {
            call.hangUp();
            callLater();
          });
    }
  }
}
