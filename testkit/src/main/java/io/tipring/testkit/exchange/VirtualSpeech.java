package io.tipring.testkit.exchange;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import io.tipring.media.spec.Pcm;
import io.tipring.media.tone.Oscillator;
import io.tipring.testkit.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Speech in the World: each character is a tone of its own for 60 ms, so that a story can tell by
/// listening what was said, and how far. Ready after a delay; it may be told to fail. Owner: the
/// World's thread.
public final class VirtualSpeech implements Sounds {
  /// 60 ms.
  public static final int SAMPLES_PER_CHARACTER = 480;

  private static final double LEVEL_DBM0 = -13;

  private final World world;
  private Duration delay = Duration.ofMillis(80);
  private Optional<String> failure = Optional.empty();

  public VirtualSpeech(World world) {
    this.world = world;
  }

  /// From now on it takes so long to speak.
  public void takes(Duration time) {
    delay = time;
  }

  /// From now on nothing can be spoken, for this reason.
  public void failsWith(String hint) {
    failure = Optional.of(hint);
  }

  /// From now on it can speak again.
  public void recovers() {
    failure = Optional.empty();
  }

  @Override
  public void prepare(SoundRequest request, Consumer<Preparation> done) {
    Preparation answer =
        switch (request) {
          case SoundRequest.Speech _ when failure.isPresent() ->
              new Preparation.Unavailable(Refusal.SPEECH_FAILED, failure.get());
          case SoundRequest.Speech speech -> new Preparation.Ready(render(speech.text()));
          case SoundRequest.File _, SoundRequest.Web _ ->
              new Preparation.Unavailable(Refusal.NOT_FOUND, "there is only speech here");
        };
    world.at(world.nowNanos() + delay.toNanos(), "speech", () -> done.accept(answer));
  }

  /// What `text` sounds like: what a story compares with.
  public static Pcm render(String text) {
    int[] samples = new int[text.length() * SAMPLES_PER_CHARACTER];
    for (int i = 0; i < text.length(); i++) {
      new Oscillator(hertz(text.charAt(i)), LEVEL_DBM0)
          .add(samples, i * SAMPLES_PER_CHARACTER, SAMPLES_PER_CHARACTER);
    }
    return Pcm.copyOf(samples, samples.length);
  }

  /// 400 to 2,920 Hz; letters and figures all differ.
  public static int hertz(char character) {
    return 400 + character % 64 * 40;
  }
}
