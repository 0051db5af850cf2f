package io.tipring.testkit.stories;

import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.OperationSucceeded;
import io.tipring.api.Event.Refusal;
import io.tipring.api.GatherEnd;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Operation.Gather;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.Prompt;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Sounds;
import io.tipring.core.journal.Journal;
import io.tipring.media.spec.Pcm;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What callers type, and what an application makes of it.
class GatherStoriesTest {
  private static final int PROMPT_HERTZ = 800;
  private static final Prompt PROMPT = new Prompt.Speech("Enter your number");

  /// Speech is 4 s of one tone.
  private static final Sounds TONES =
      (_, done) -> done.accept(new Preparation.Ready(tone(4 * 8_000)));

  private static Pcm tone(int samples) {
    int[] sound = new int[samples];
    for (int i = 0; i < samples; i++) {
      sound[i] = (int) (8_000 * StrictMath.sin(2 * StrictMath.PI * PROMPT_HERTZ * i / 8_000));
    }
    return Pcm.copyOf(sound, samples);
  }

  private static Gather prompted(int min, int max) {
    return new Gather(Digits.between(min, max).within(Duration.ofSeconds(5)), PROMPT);
  }

  /// Answers, and does `first`; after that has succeeded `then`, and so on.
  private static CallApp each(Operation... steps) {
    int[] done = new int[1];
    return event ->
        switch (event) {
          case CallCreated _ -> List.of(new Operation.Answer());
          case OperationSucceeded _ when done[0] < steps.length -> List.of(steps[done[0]++]);
          case Event _ -> List.of();
        };
  }

  private static Town town(World world, Operation... steps) {
    Town town = new Town(world);
    town.exchange.sounds(TONES);
    town.exchange.serve("menu", () -> each(steps));
    return town;
  }

  private static List<String> gathered(Town town) {
    List<String> entries = new ArrayList<>();
    for (var entry : town.exchange.journal()) {
      if (entry.event() instanceof OperationSucceeded(_, Outcome.Gathered outcome)) {
        entries.add(outcome.digits() + ' ' + outcome.reason());
      }
    }
    return entries;
  }

  private static void waitForGathers(Town town, int count) {
    town.world.runUntil("gathered", () -> gathered(town).size() >= count, Duration.ofSeconds(60));
  }

  @Story
  void aDigitCutsThePromptAndThenThereIsSilence(World world) {
    Town town = town(world, prompted(1, 4));
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofMillis(1_500));
    assertThat(call.hears(PROMPT_HERTZ)).isTrue();
    call.press("7");
    world.run(Duration.ofMillis(600));
    long moment = call.tape().now();
    world.run(Duration.ofSeconds(1));
    assertThat(call.tape().since(moment).hears(PROMPT_HERTZ)).isFalse();
    waitForGathers(town, 1);
    assertThat(gathered(town)).containsExactly("7 " + GatherEnd.INTER_DIGIT_TIMEOUT);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void typedAheadKeysAreKept(World world) {
    Town town = town(world, new Operation.Pause(Duration.ofSeconds(4)), prompted(3, 3));
    PhoneCall call = town.answered("menu");
    call.press("123");
    waitForGathers(town, 1);
    assertThat(gathered(town)).containsExactly("123 " + GatherEnd.MAX_DIGITS);
    world.run(Duration.ofSeconds(1));
    assertThat(call.hears(PROMPT_HERTZ)).isFalse();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void aPartialEntryComesBackWithTimeout(World world) {
    Town town = town(world, prompted(4, 4));
    PhoneCall call = town.answered("menu");
    call.press("12");
    waitForGathers(town, 1);
    assertThat(gathered(town)).containsExactly("12 " + GatherEnd.TIMEOUT);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void nobodyTypesAndThenTheyDo(World world) {
    Town town = town(world, prompted(1, 1), prompted(1, 1));
    PhoneCall call = town.answered("menu");
    waitForGathers(town, 1);
    call.press("2");
    waitForGathers(town, 2);
    assertThat(gathered(town))
        .containsExactly(" " + GatherEnd.NO_INPUT, "2 " + GatherEnd.MAX_DIGITS);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void aSlowTypistIsWaitedFor(World world) {
    Town town = town(world, prompted(3, 3));
    PhoneCall call = town.answered("menu");
    for (String key : List.of("1", "2", "3")) {
      world.run(Duration.ofMillis(4_500));
      call.press(key);
    }
    waitForGathers(town, 1);
    assertThat(gathered(town)).containsExactly("123 " + GatherEnd.MAX_DIGITS);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void hangUpInTheMiddleOfAGather(World world) {
    Town town = town(world, prompted(4, 4));
    PhoneCall call = town.answered("menu");
    call.press("12");
    world.run(Duration.ofMillis(world.dice("impatience").below(2_000)));
    town.hangUp(call);
    assertThat(gathered(town)).isEmpty();
    assertThat(refusals(town)).containsExactly(Refusal.LEG_ENDED);
    town.nothingIsLeft();
  }

  @Story
  void redirectInAGatherKeepsTheCaller(World world) {
    Town town = new Town(world);
    town.exchange.sounds(TONES);
    town.exchange.serve(
        "menu",
        () ->
            event ->
                switch (event) {
                  case CallCreated _ -> List.of(new Operation.Answer(), prompted(4, 4));
                  case Event.DigitPressed _ -> List.of(new Operation.Redirect("tone-now"));
                  case Event _ -> List.of();
                });
    town.exchange.serve(
        "tone-now",
        (line, _, at, _) -> {
          line.ask(new OperationId("op_next" + at.seq()), Operation.Play.forever("tone:1000"));
          return new Attendant() {
            @Override
            public void on(Journal.Entry entry) {}

            @Override
            public void handedOver() {}
          };
        });
    PhoneCall call = town.answered("menu");
    call.press("1");
    world.run(SOON);
    assertThat(call.hears(1000)).isTrue();
    assertThat(call.hears(PROMPT_HERTZ)).isFalse();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void callersTypeAndHangUpAsTheyLike(World world) {
    Town town =
        town(
            world,
            prompted(1, 2),
            new Operation.Say("Thank you"),
            prompted(2, 4),
            new Operation.SendDigits("12"),
            prompted(1, 1),
            new Operation.HangUp());
    Dice dice = world.dice("callers");
    for (int i = 0; i < 3; i++) {
      PhoneCall call = town.dial("menu");
      for (int key = 0; key < 4; key++) {
        world.after(
            Duration.ofMillis(200 + dice.below(15_000)),
            () -> {
              if (call.hasSound() && !call.isEnded()) {
                call.press(String.valueOf(dice.below(10)));
              }
            });
      }
      world.after(Duration.ofMillis(dice.below(25_000)), call::hangUp);
    }
    world.run(Duration.ofSeconds(40));
    town.nothingIsLeft();
  }

  private static List<Refusal> refusals(Town town) {
    List<Refusal> refusals = new ArrayList<>();
    for (var entry : town.exchange.journal()) {
      if (entry.event() instanceof Event.OperationFailed(_, Refusal refusal, _)) {
        refusals.add(refusal);
      }
    }
    return refusals;
  }
}
