package io.tipring.edge.speech;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import io.tipring.edge.net.Counters;
import io.tipring.edge.speech.SpeechSynthesizer.Voice;
import io.tipring.media.clip.Waveform;
import io.tipring.media.spec.Pcm;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/// Renders speech on a few platform threads of its own, since it burns CPU, and brings it to one
/// level. Any thread; nothing waits but the pool.
public final class SpeechPool implements Sounds, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("speech");
  private static final Pcm EMPTY = Pcm.copyOf(new int[0], 0);

  /// Control characters, halves of characters, ends of lines and paragraphs: engines take some of
  /// them for something else.
  private static final Pattern UNSPEAKABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  /// A row of so many characters without a space is taken apart: of a very long word, flite and
  /// espeak-ng overwrite memory of their own, and FreeTTS its stack.
  private static final Pattern LONG_WORD = Pattern.compile("(\\S{60})(?=\\S)");

  /// In characters; vendors stop at 4,096.
  private static final int LONGEST = 3_000;

  private final SpeechSynthesizer engine;
  private final Settings settings;
  private final ThreadPoolExecutor threads;
  private final Counters<SpeechMeter> meters = new Counters<>(SpeechMeter.class);
  private final LongAdder renderingNanos = new LongAdder();

  /// @param threads that render at a time
  /// @param waiting texts that may wait for a thread; the next is refused
  /// @param deadline from asking to sound, waiting included
  /// @param usual what is spoken with when the request does not say
  public record Settings(int threads, int waiting, Duration deadline, Voice usual) {}

  public SpeechPool(SpeechSynthesizer engine, Settings settings) {
    this.engine = engine;
    this.settings = settings;
    threads =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.waiting()),
            Thread.ofPlatform().daemon().name("speech-", 1).factory());
  }

  @Override
  public void prepare(SoundRequest request, Consumer<Preparation> done) {
    switch (request) {
      case SoundRequest.Speech speech -> speak(speech, done);
      case SoundRequest.File _, SoundRequest.Web _ ->
          done.accept(new Preparation.Unavailable(Refusal.NOT_FOUND, "only text can be spoken"));
    }
  }

  private void speak(SoundRequest.Speech speech, Consumer<Preparation> done) {
    if (speech.text().length() > LONGEST) {
      done.accept(
          new Preparation.Unavailable(
              Refusal.TOO_LARGE, "a text has 3,000 characters at most; say it in parts"));
      return;
    }
    String text = UNSPEAKABLE.matcher(speech.text()).replaceAll(" ").strip();
    if (text.isEmpty()) {
      done.accept(new Preparation.Ready(EMPTY));
      return;
    }
    Voice voice =
        new Voice(
            speech.voice().orElse(settings.usual().name()),
            speech.language().orElse(settings.usual().language()));
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    var _ =
        answer
            .exceptionally(_ -> late())
            .thenAccept(answered -> {
              meters.count(meter(answered));
              done.accept(answered);
            });
    try {
      Future<?> job = threads.submit(() -> render(inWords(text), voice, answer));
      var _ =
          answer
              .orTimeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
              // Whoever is late is interrupted: a hanging engine would keep its thread.
              .exceptionally(_ -> {
                job.cancel(true);
                return late();
              });
    } catch (RejectedExecutionException _) {
      answer.complete(failed("too much speech waits to be rendered; raise speech.threads"));
    }
  }

  private void render(String text, Voice voice, CompletableFuture<Preparation> answer) {
    if (answer.isDone()) {
      return;
    }
    Preparation rendered;
    long begin = System.nanoTime();
    try {
      Waveform sound = engine.render(text, voice);
      rendered =
          sound.length() == 0 && text.codePoints().anyMatch(Character::isLetterOrDigit)
              ? failed("the engine has no sounds for this text; set another speech.engine")
              : new Preparation.Ready(Loudness.telephone(sound));
    } catch (SpeechException e) {
      rendered = failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      rendered = failed("the rendering was broken off");
    } catch (RuntimeException | LinkageError | StackOverflowError fault) {
      LOG.log(Level.WARNING, "the speech engine failed", fault);
      rendered = failed("the speech engine failed; the exchange's log says how");
    } finally {
      renderingNanos.add(System.nanoTime() - begin);
    }
    answer.complete(rendered);
  }

  private static String inWords(String text) {
    return LONG_WORD.matcher(text).replaceAll("$1 ");
  }

  private Preparation late() {
    return new Preparation.Unavailable(
        Refusal.TIMED_OUT,
        "speech took longer than " + settings.deadline().toMillis() + " ms; try again");
  }

  private static Preparation failed(String hint) {
    return new Preparation.Unavailable(Refusal.SPEECH_FAILED, hint);
  }

  private static SpeechMeter meter(Preparation answer) {
    return switch (answer) {
      case Preparation.Ready _ -> SpeechMeter.RENDERED;
      case Preparation.Unavailable(Refusal refusal, _) ->
          refusal == Refusal.TIMED_OUT ? SpeechMeter.TIMED_OUT : SpeechMeter.FAILED;
    };
  }

  public Counters<SpeechMeter> meters() {
    return meters;
  }

  /// Time that engines have taken so far, all threads together.
  public double renderingSeconds() {
    return renderingNanos.sum() / 1e9;
  }

  /// Texts that wait for a thread.
  public int waiting() {
    return threads.getQueue().size();
  }

  /// What waits or is being rendered is not answered but by its deadline.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
