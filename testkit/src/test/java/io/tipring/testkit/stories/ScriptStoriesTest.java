package io.tipring.testkit.stories;

import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.api.EndReason;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.GatherEnd;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Outcome;
import io.tipring.api.script.Call;
import io.tipring.api.script.CallEnded;
import io.tipring.api.script.CallScript;
import io.tipring.api.script.OperationCancelled;
import io.tipring.api.script.OperationFailed;
import io.tipring.api.script.Pending;
import io.tipring.api.script.Web;
import io.tipring.testkit.exchange.VirtualSpeech;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Applications that are written as blocking code, and callers who do as they like.
class ScriptStoriesTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final String ANSWER = "http://example.com/answer";

  /// What a script does in turn; each waits in another way.
  private static final List<CallScript> STEPS =
      List.of(
          Call::ring,
          call -> call.sleep(Duration.ofMillis(300)),
          Call::answer,
          call -> call.say("welcome"),
          call -> assertThat(call.http().get(ANSWER)).isEqualTo("42"),
          call -> call.gather("one or two", Digits.one().within(Duration.ofSeconds(2))),
          call -> call.echo(Duration.ofSeconds(2)),
          ScriptStoriesTest::musicForAWhile,
          call -> call.pause(Duration.ofMillis(500)),
          call -> call.sendDigits("12"),
          Call::hangUp);

  private static void musicForAWhile(Call call) {
    Pending music = call.begin(Operation.Play.forever("tone:400"));
    var _ = call.next(Duration.ofMillis(call.random().nextInt(1, 1_000)));
    call.sleep(Duration.ofMillis(call.random().nextInt(1, 1_000)));
    music.cancel();
    assertThatThrownBy(music::await)
        .isInstanceOfSatisfying(
            OperationCancelled.class, e -> assertThat(e.reason()).isEqualTo(CancelReason.ASKED));
  }

  private static Town town(World world) {
    Town town = new Town(world);
    town.exchange.sounds(new VirtualSpeech(world));
    town.exchange.web(_ -> new Web.Answer(200, Collections.emptyMap(), "42"));
    return town;
  }

  /// Does the steps, and writes down which it begins and how it ends.
  private static void walk(Call call, List<String> log) throws Exception {
    boolean ended = false;
    try {
      for (int i = 0; i < STEPS.size(); i++) {
        log.add("step " + i);
        STEPS.get(i).run(call);
      }
      log.add("done");
    } catch (CallEnded end) {
      ended = true;
      log.add("CallEnded");
      throw end;
    } finally {
      if (ended) {
        assertThatThrownBy(() -> call.say("too late")).isInstanceOf(CallEnded.class);
        assertThatThrownBy(() -> call.sleep(SOON)).isInstanceOf(CallEnded.class);
      }
      log.add("finally");
    }
  }

  @Story
  void aScriptThatReturnsHangsUp(World world) {
    Town town = town(world);
    town.exchange.serve(
        "hello",
        call -> {
          call.answer();
          call.say("hello");
        });
    PhoneCall call = town.answered("hello");
    world.runUntil("the call is over", call::isEnded, SOON);
    assertThat(town.endings()).containsExactly(EndReason.APP_HUNG_UP);
    town.nothingIsLeft();
  }

  @Story
  void nobodyHangsUpAndAllStepsAreDone(World world) {
    Town town = town(world);
    List<String> log = new ArrayList<>();
    town.exchange.serve("walk", call -> walk(call, log));
    PhoneCall call = town.dial("walk");
    world.runUntil("the script has ended", () -> log.contains("finally"), A_MINUTE);
    assertThat(log).hasSize(STEPS.size() + 2).endsWith("done", "finally");
    world.runUntil("the call is over", call::isEnded, SOON);
    town.nothingIsLeft();
  }

  @Story(cost = 4)
  void hangUpInEveryStepThrowsCallEndedThereAndFinallyRuns(World world) {
    Town town = town(world);
    Dice dice = world.dice("callers");
    for (int step = 0; step < STEPS.size(); step++) {
      List<String> log = new ArrayList<>();
      String name = "walk" + step;
      town.exchange.serve(name, call -> walk(call, log));
      PhoneCall call = town.dial(name);
      String begun = "step " + step;
      world.runUntil(begun, () -> log.contains(begun), A_MINUTE);
      world.run(Duration.ofMillis(dice.below(200)));
      call.hangUp();
      world.runUntil("finally", () -> log.contains("finally"), A_MINUTE);
      assertThat(log.get(log.size() - 2)).isIn("CallEnded", "done");
    }
    town.nothingIsLeft();
  }

  @Story
  void manyScriptsAtOnce(World world) {
    Town town = town(world);
    List<String> log = new ArrayList<>();
    town.exchange.serve("walk", call -> walk(call, log));
    Dice dice = world.dice("callers");
    for (int i = 0; i < 5; i++) {
      PhoneCall call = town.dial("walk");
      for (int key = 0; key < 3; key++) {
        world.after(
            Duration.ofMillis(500 + dice.below(10_000)),
            () -> {
              if (call.hasSound() && !call.isEnded()) {
                call.press(String.valueOf(dice.below(10)));
              }
            });
      }
      world.after(Duration.ofMillis(dice.below(16_000)), call::hangUp);
    }
    world.run(A_MINUTE);
    assertThat(log.stream().filter("finally"::equals)).hasSize(5);
    town.nothingIsLeft();
  }

  @Story
  void aMenuAsksAgainUntilItUnderstands(World world) {
    Town town = town(world);
    List<Outcome.Gathered> entries = new ArrayList<>();
    town.exchange.serve(
        "menu",
        call -> {
          call.answer();
          Digits one = Digits.one().within(Duration.ofSeconds(2));
          Outcome.Gathered entry;
          do {
            entry = call.gather("press five", one);
            entries.add(entry);
          } while (!entry.digits().equals("5"));
          call.say("thanks");
        });
    PhoneCall call = town.answered("menu");
    world.runUntil("silence", () -> entries.size() == 1, SOON.multipliedBy(3));
    call.press("4");
    world.runUntil("a wrong key", () -> entries.size() == 2, SOON);
    call.press("5");
    world.runUntil("the call is over", call::isEnded, SOON.multipliedBy(2));
    assertThat(entries)
        .extracting(Outcome.Gathered::reason)
        .containsExactly(GatherEnd.NO_INPUT, GatherEnd.MAX_DIGITS, GatherEnd.MAX_DIGITS);
    town.nothingIsLeft();
  }

  @Story
  void callersHearThemselvesUntilTheyPressAKey(World world) {
    Town town = town(world);
    List<String> log = new ArrayList<>();
    town.exchange.serve(
        "mirror",
        call -> {
          call.answer();
          call.echo(A_MINUTE);
          log.add("over");
          call.pause(A_MINUTE);
        });
    PhoneCall call = town.answered("mirror");
    call.playTone(700);
    world.run(SOON);
    assertThat(call.hears(700)).isTrue();
    call.press("1");
    world.runUntil("the echo ends", () -> log.contains("over"), SOON);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void aScriptHandsItsCallOn(World world) {
    Town town = town(world);
    List<String> log = new ArrayList<>();
    town.exchange.serve(
        "desk",
        call -> {
          call.answer();
          assertThatThrownBy(() -> call.redirect("nowhere")).isInstanceOf(OperationFailed.class);
          try {
            call.redirect("tone");
          } catch (CallEnded ended) {
            log.add("handed over " + ended.reason());
            throw ended;
          }
        });
    town.exchange.serve("tone", call -> call.perform(Operation.Play.forever("tone:1000")));
    PhoneCall call = town.answered("desk");
    world.run(SOON);
    assertThat(log).containsExactly("handed over Optional.empty");
    assertThat(call.hears(1000)).isTrue();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void aScriptThatThrowsEndsItsCallAndNoOther(World world) {
    Town town = town(world);
    PhoneCall other = town.answered("echo");
    town.exchange.serve(
        "broken",
        call -> {
          call.answer();
          throw new IllegalStateException("the database is gone");
        });
    PhoneCall call = town.dial("broken");
    world.runUntil("the call is over", call::isEnded, SOON);
    assertThat(town.endings()).containsExactly(EndReason.INTERNAL_ERROR);
    assertThat(other.isEnded()).isFalse();
    town.hangUp(other);
    town.nothingIsLeft();
  }

  @Story
  void aShutdownLetsScriptsClearUp(World world) {
    Town town = town(world);
    List<String> log = new ArrayList<>();
    town.exchange.serve(
        "long",
        call -> {
          call.answer();
          try {
            call.say("a very long speech, which is not to be heard to its end by anybody here");
          } catch (CallEnded ended) {
            log.add("ended " + ended.reason().orElseThrow());
          }
        });
    PhoneCall call = town.answered("long");
    town.exchange.drain(Duration.ofSeconds(1), () -> log.add("drained"));
    world.runUntil("the call is over", call::isEnded, SOON);
    world.run(SOON);
    assertThat(log).containsExactlyInAnyOrder("ended " + EndReason.SHUTTING_DOWN, "drained");
    town.nothingIsLeft();
  }

  @Story
  void timeAndChanceAreTheWorlds(World world) {
    Town town = town(world);
    List<Object> log = new ArrayList<>();
    town.exchange.serve(
        "clock",
        call -> {
          call.answer();
          Clock clock = call.clock();
          Instant before = clock.instant();
          call.sleep(Duration.ofSeconds(50));
          log.add(Duration.between(before, clock.instant()));
          world.note("script", "throws " + call.random().nextLong());
        });
    PhoneCall call = town.answered("clock");
    world.run(A_MINUTE);
    assertThat(log).containsExactly(Duration.ofSeconds(50));
    assertThat(call.isEnded()).isTrue();
    town.nothingIsLeft();
  }
}
