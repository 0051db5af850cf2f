package io.tipring.edge.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Ready;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest.Speech;
import io.tipring.edge.speech.SpeechSynthesizer.Voice;
import io.tipring.media.clip.Waveform;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpeechPoolTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger renderings = new AtomicInteger();
  private SpeechPool pool = pool((_, _) -> tone(100), PATIENCE);

  private SpeechPool pool(SpeechSynthesizer engine, Duration deadline) {
    return new SpeechPool(
        (text, voice) -> {
          renderings.incrementAndGet();
          return engine.render(text, voice);
        },
        new SpeechPool.Settings(1, 2, deadline, new Voice("usual", "en-US")));
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void whateverTheEngineGivesIsBroughtToOneLevelWithoutOffsetOrClipping() throws Exception {
    for (int amplitude : new int[] {300, 3_000, 32_000}) {
      pool.close();
      pool = pool((_, _) -> tone(amplitude), PATIENCE);
      Ready ready = (Ready) say("hello");
      assertThat(ready.pcm().length()).isEqualTo(8_000);
      assertThat(Listening.activeLevel(ready.pcm())).isCloseTo(-20, within(0.5));
      assertThat(Listening.mean(ready.pcm())).isCloseTo(0, within(5.0));
      assertThat(Listening.peak(ready.pcm())).isLessThan(31_001);
    }
  }

  @Test
  void silenceBeforeSpeechIsLeftOutAndSilenceAloneIsKept() throws Exception {
    pool.close();
    pool = pool((_, _) -> late(3_200), PATIENCE);
    Ready ready = (Ready) say("hello");
    // 40 ms are left before it.
    assertThat(ready.pcm().length()).isBetween(8_000 + 320, 8_000 + 480);
    assertThat(Listening.activeLevel(ready.pcm())).isCloseTo(-20, within(0.5));
    pool.close();
    pool = pool((_, _) -> Waveform.of(16_000, new int[3_200], 3_200), PATIENCE);
    assertThat(((Ready) say("hello")).pcm().length()).isEqualTo(1_600);
  }

  @Test
  void nothingToSayIsAnEmptySoundAndAsksNoEngine() throws Exception {
    assertThat(((Ready) say("")).pcm().length()).isZero();
    assertThat(((Ready) say(" \u0000\n\t\u007f ")).pcm().length()).isZero();
    assertThat(renderings).hasValue(0);
  }

  @Test
  void aTextThatIsTooLongIsRefused() throws Exception {
    assertThat(((Unavailable) say("a".repeat(3_001))).refusal()).isEqualTo(Refusal.TOO_LARGE);
  }

  @Test
  void theUsualVoiceSpeaksUnlessAnotherIsAskedFor() throws Exception {
    CompletableFuture<Voice> heard = new CompletableFuture<>();
    pool.close();
    pool =
        pool(
            (_, voice) -> {
              heard.complete(voice);
              return tone(100);
            },
            PATIENCE);
    ask(new Speech("hello", Optional.of("other"), Optional.empty()))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(heard).isCompletedWithValue(new Voice("other", "en-US"));
  }

  @Test
  void afterAnEngineFailedTheNextTextIsSpoken() throws Exception {
    pool.close();
    pool =
        pool(
            (text, _) -> {
              switch (text) {
                case "refuse" -> throw new SpeechException("no such voice");
                case "fault" -> throw new IllegalStateException("broken inside");
                default -> {
                  return tone(100);
                }
              }
            },
            PATIENCE);
    assertThat(say("refuse")).isEqualTo(new Unavailable(Refusal.SPEECH_FAILED, "no such voice"));
    assertThat(((Unavailable) say("fault")).refusal()).isEqualTo(Refusal.SPEECH_FAILED);
    assertThat(say("hello")).isInstanceOf(Ready.class);
  }

  @Test
  void whatTakesTooLongIsGivenUpAndItsThreadFreed() throws Exception {
    pool.close();
    pool =
        pool(
            (text, _) -> {
              if (text.equals("hang")) {
                new CountDownLatch(1).await();
              }
              return tone(100);
            },
            Duration.ofSeconds(2));
    assertThat(((Unavailable) say("hang")).refusal()).isEqualTo(Refusal.TIMED_OUT);
    assertThat(say("hello")).isInstanceOf(Ready.class);
  }

  @Test
  void moreThanMayWaitIsRefusedAtOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    pool.close();
    pool =
        pool(
            (_, _) -> {
              begun.countDown();
              go.await();
              return tone(100);
            },
            PATIENCE);
    var first = ask(speech("one"));
    assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    var second = ask(speech("two"));
    var third = ask(speech("three"));
    assertThat(((Unavailable) say("four")).refusal()).isEqualTo(Refusal.SPEECH_FAILED);
    go.countDown();
    for (var one : java.util.List.of(first, second, third)) {
      assertThat(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Ready.class);
    }
  }

  private Preparation say(String text) throws Exception {
    return ask(speech(text)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static Speech speech(String text) {
    return new Speech(text, Optional.empty(), Optional.empty());
  }

  /// Fails when it is answered twice.
  private CompletableFuture<Preparation> ask(Speech speech) {
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    pool.prepare(speech, answer::complete);
    return answer;
  }

  /// A second of 440 Hz at 16 kHz after `samples` of silence.
  private static Waveform late(int samples) {
    int[] all = new int[samples + 16_000];
    System.arraycopy(tone(3_000).rounded(), 0, all, samples, 16_000);
    for (int i = 0; i < samples; i++) {
      all[i] = 50;
    }
    return Waveform.of(16_000, all, all.length);
  }

  /// A second of 440 Hz at 16 kHz, not in the middle.
  private static Waveform tone(int amplitude) {
    int[] samples = new int[16_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 50 + (int) (amplitude * Math.sin(2 * Math.PI * 440 * i / 16_000));
    }
    return Waveform.of(16_000, samples, samples.length);
  }
}
