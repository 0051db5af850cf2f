package io.tipring.media.clip;

import io.tipring.media.spec.Pcm;
import io.tipring.media.tone.Sound;

/// Plays sound that is in memory.
public final class ClipPlayer implements Sound {
  private static final int CHUNK = 160;

  private final Pcm pcm;
  private final int[] chunk = new int[CHUNK];
  private final int beginning;
  private int position;

  /// @param beginning the first sample to be played, each time
  public ClipPlayer(Pcm pcm, int beginning) {
    this.pcm = pcm;
    this.beginning = beginning;
    this.position = beginning;
  }

  @Override
  public int add(int[] frame, int from, int count) {
    int done = 0;
    while (done < count) {
      int n = pcm.read(position, chunk, 0, Math.min(CHUNK, count - done));
      if (n == 0) {
        break;
      }
      for (int i = 0; i < n; i++) {
        frame[from + done + i] += chunk[i];
      }
      done += n;
      position += n;
    }
    return done;
  }

  @Override
  public void rewind() {
    position = beginning;
  }
}
