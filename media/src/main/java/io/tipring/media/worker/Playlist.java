package io.tipring.media.worker;

import io.tipring.media.clip.ClipPlayer;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.Source;
import io.tipring.media.tone.CadencedTone;
import io.tipring.media.tone.KeyTones;
import io.tipring.media.tone.ProgressTones;
import io.tipring.media.tone.Silence;
import io.tipring.media.tone.Sine;
import io.tipring.media.tone.Sound;
import java.util.ArrayDeque;

/// What a leg is played, one after the other, without a gap between two. What is stopped in the
/// middle fades within 5 ms, so that its end is no click. Owned by the leg's pipeline.
final class Playlist {
  private static final int SAMPLES_PER_MILLI = 8;
  private static final int FADE = 5 * SAMPLES_PER_MILLI;

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final int longest;
  private final Endings endings;
  private final int[] fade = new int[FADE];
  private int fadeLength;

  /// The first entry is in the frame that was sent last.
  private boolean heard;

  Playlist(int longest, Endings endings) {
    this.longest = longest;
    this.endings = endings;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  void add(MediaCommand.Play play) {
    if (entries.size() >= longest) {
      endings.ended(play.ref(), Ending.STOPPED);
      return;
    }
    entries.add(new Entry(play.ref(), soundOf(play.source()), play.forever()));
  }

  /// Whether there was one of that name.
  boolean stop(String ref) {
    for (Entry entry : entries) {
      if (entry.ref.equals(ref)) {
        if (heard && entry == entries.element()) {
          keepFade(entry);
        }
        entries.remove(entry);
        entry.end(Ending.STOPPED, endings);
        return true;
      }
    }
    return false;
  }

  void closeAll() {
    while (!entries.isEmpty()) {
      entries.remove().end(Ending.GONE, endings);
    }
  }

  private void keepFade(Entry entry) {
    heard = false;
    fadeLength = entry.sound.add(fade, 0, FADE);
    if (entry.forever && fadeLength < FADE) {
      entry.sound.rewind();
      fadeLength += entry.sound.add(fade, fadeLength, FADE - fadeLength);
    }
    for (int i = 0; i < fadeLength; i++) {
      fade[i] = fade[i] * (FADE - i) / FADE;
    }
  }

  /// Adds the end of what was stopped since the frame before. Called for every frame, whatever else
  /// it holds.
  void fade(int[] frame) {
    for (int i = 0; i < fadeLength; i++) {
      frame[i] += fade[i];
      fade[i] = 0;
    }
    fadeLength = 0;
    heard = false;
  }

  /// Adds what is playing to `frame`.
  ///
  /// @param sent whether the peer gets the frame
  void add(int[] frame, boolean sent) {
    int done = 0;
    boolean begunAnew = false;
    while (done < frame.length && !entries.isEmpty()) {
      Entry entry = entries.element();
      int n = entry.sound.add(frame, done, frame.length - done);
      done += n;
      entry.played += sent ? n : 0;
      if (done == frame.length) {
        heard = sent;
        return;
      }
      // A sound without a sample would begin anew for ever.
      if (entry.forever && !(begunAnew && n == 0)) {
        entry.sound.rewind();
        begunAnew = true;
      } else {
        entries.remove();
        entry.end(Ending.COMPLETED, endings);
        begunAnew = false;
      }
    }
  }

  private static Sound soundOf(Source source) {
    return switch (source) {
      case Source.Tone(int hertz, int level) -> new Sine(hertz, level);
      case Source.Progress(Source.Progress.Signal signal, String country) ->
          new CadencedTone(ProgressTones.of(signal, country));
      case Source.Keys(String digits, int toneMillis, int gapMillis) ->
          new KeyTones(digits, toneMillis, gapMillis);
      case Source.Clip(_, var pcm, int from) -> new ClipPlayer(pcm, from);
      case Source.Silence(int millis) -> new Silence(millis);
    };
  }

  private static final class Entry {
    final String ref;
    final Sound sound;
    final boolean forever;
    long played;

    Entry(String ref, Sound sound, boolean forever) {
      this.ref = ref;
      this.sound = sound;
      this.forever = forever;
    }

    void end(Ending ending, Endings endings) {
      endings.ended(ref, ending, (int) (played / SAMPLES_PER_MILLI));
    }
  }
}
