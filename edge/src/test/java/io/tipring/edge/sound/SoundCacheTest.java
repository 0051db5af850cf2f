package io.tipring.edge.sound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Ready;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest;
import io.tipring.media.spec.Pcm;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SoundCacheTest {
  private record Asked(SoundRequest request, Consumer<Preparation> done) {}

  private final ArrayDeque<Asked> asked = new ArrayDeque<>();
  private final List<Preparation> answers = new ArrayList<>();
  private long nowNanos;
  private final SoundCache cache =
      new SoundCache(
          (request, done) -> asked.add(new Asked(request, done)),
          new SoundCache.Settings(1_000, Duration.ofSeconds(10)),
          () -> nowNanos);

  @Test
  void equalRequestsAtOneTimeAreMadeOnce() {
    say("one");
    say("one");
    assertThat(asked).hasSize(1);
    answer(400);
    assertThat(answers).hasSize(2);
    say("one");
    assertThat(asked).isEmpty();
    assertThat(answers).hasSize(3);
  }

  @Test
  void whatFailedIsTriedAgain() {
    say("one");
    asked.remove().done().accept(new Unavailable(Refusal.SPEECH_FAILED, "no"));
    assertThat(answers).containsExactly(new Unavailable(Refusal.SPEECH_FAILED, "no"));
    say("one");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatWasUsedLongestAgoMakesRoom() {
    make("one", 400);
    make("two", 400);
    say("one");
    make("three", 400);
    say("one");
    say("three");
    assertThat(asked).isEmpty();
    say("two");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatIsTooLargeIsGivenButNotKept() {
    make("one", 1_001);
    assertThat(answers).hasSize(1);
    assertThat(cache.size()).isZero();
  }

  @Test
  void afterItsLifeASoundIsMadeAnew() {
    make("one", 400);
    nowNanos += Duration.ofSeconds(10).toNanos() + 1;
    make("one", 800);
    assertThat(((Ready) answers.getLast()).pcm().length()).isEqualTo(800);
    assertThat(cache.size()).isEqualTo(1);
  }

  private void make(String text, int samples) {
    say(text);
    answer(samples);
  }

  private void say(String text) {
    cache.prepare(new SoundRequest.Speech(text, Optional.empty(), Optional.empty()), answers::add);
  }

  private void answer(int samples) {
    asked.remove().done().accept(new Ready(Pcm.copyOf(new int[samples], samples)));
  }
}
