package io.tipring.media.worker;

import io.tipring.media.clip.ClipPlayer;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.Pcm;
import io.tipring.media.spec.Source;
import io.tipring.media.tone.CadencedTone;
import io.tipring.media.tone.KeyTones;
import io.tipring.media.tone.ProgressTones;
import io.tipring.media.tone.Sine;
import io.tipring.media.tone.Sound;
import java.util.ArrayDeque;

/// What a leg is played, one after the other, without a gap between two. Owned by the leg's
/// pipeline.
final class Playlist {
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final int longest;
  private final Endings endings;

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
    if (!entries.removeIf(entry -> entry.ref().equals(ref))) {
      return false;
    }
    endings.ended(ref, Ending.STOPPED);
    return true;
  }

  void closeAll() {
    while (!entries.isEmpty()) {
      endings.ended(entries.remove().ref(), Ending.GONE);
    }
  }

  /// Adds what is playing to `frame`.
  void add(int[] frame) {
    int done = 0;
    boolean begunAnew = false;
    while (done < frame.length && !entries.isEmpty()) {
      Entry entry = entries.element();
      int n = entry.sound().add(frame, done, frame.length - done);
      done += n;
      if (done == frame.length) {
        return;
      }
      // A sound without a sample would begin anew for ever.
      if (entry.forever() && !(begunAnew && n == 0)) {
        entry.sound().rewind();
        begunAnew = true;
      } else {
        entries.remove();
        endings.ended(entry.ref(), Ending.COMPLETED);
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
      case Source.Clip(_, var pcm, _) -> new ClipPlayer(pcm);
      case Source.Silence _ -> new ClipPlayer(Pcm.copyOf(new int[0], 0));
    };
  }

  private record Entry(String ref, Sound sound, boolean forever) {}
}
