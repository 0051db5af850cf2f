package io.tipring.testkit.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.Say;
import io.tipring.media.spec.Pcm;
import io.tipring.testkit.exchange.VirtualSpeech;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.World;
import java.time.Duration;
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
