package io.tipring.testkit.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.Ring;
import io.tipring.api.Operation.Say;
import io.tipring.api.OperationId;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.CallLine;
import io.tipring.core.journal.Journal;
import io.tipring.media.spec.Pcm;
import io.tipring.testkit.exchange.VirtualSpeech;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.World;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// What is said is heard.
class SpeechStoriesTest {
  private static final String TEXT = "one two three";

  @Story
  void theCallerHearsWhatWasRendered(World world) {
    Town town = new Town(world);
    town.exchange.sounds(new VirtualSpeech(world));
    town.exchange.serve("say", SpeechStoriesTest::sayer);
    PhoneCall call = town.answered("say");
    world.run(Duration.ofSeconds(3));
    assertThat(correlation(call.tape().samples(), VirtualSpeech.render(TEXT))).isGreaterThan(0.9);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  /// It takes longer to render than anybody would wait in silence.
  @Story
  void whatIsSaidBeforeTheAnswerIsRenderedWhileItRings(World world) {
    Town town = new Town(world);
    VirtualSpeech speech = new VirtualSpeech(world);
    speech.takes(Duration.ofSeconds(4));
    town.exchange.sounds(speech);
    town.exchange.serve(
        "slow", (line, _, _, _) -> answeringAfter(Duration.ofSeconds(5), world, line));
    PhoneCall call = town.dial("slow");
    world.runUntil("it is answered", call::isAnswered, Duration.ofSeconds(10));
    world.run(Duration.ofMillis(200));
    assertThat(Arrays.stream(call.tape().samples()).map(Math::abs).max().orElse(0))
        .as("what is heard within 200 ms of the answer")
        .isGreaterThan(1_000);
    town.hangUp(call);
    town.nothingIsLeft();
  }

  private static Attendant answeringAfter(Duration time, World world, CallLine line) {
    line.ask(new OperationId("ring"), new Ring());
    line.ask(new OperationId("say"), new Say(TEXT));
    world.at(
        world.nowNanos() + time.toNanos(),
        "answer",
        () -> line.ask(new OperationId("answer"), new Answer()));
    return new Attendant() {
      @Override
      public void on(Journal.Entry entry) {}

      @Override
      public void handedOver() {}
    };
  }

  private static CallApp sayer() {
    return event ->
        event instanceof Event.CallCreated ? List.of(new Answer(), new Say(TEXT)) : List.of();
  }

  /// The best there is at any shift; 1 is the very sound.
  private static double correlation(int[] heard, Pcm pcm) {
    int[] reference = new int[pcm.length()];
    int _ = pcm.read(0, reference, 0, reference.length);
    double best = 0;
    for (int shift = 0; shift + reference.length <= heard.length; shift++) {
      double product = 0;
      double here = 1;
      double there = 1;
      for (int i = 0; i < reference.length; i++) {
        product += (double) heard[shift + i] * reference[i];
        here += (double) heard[shift + i] * heard[shift + i];
        there += (double) reference[i] * reference[i];
      }
      best = Math.max(best, product / Math.sqrt(here * there));
    }
    return best;
  }
}
