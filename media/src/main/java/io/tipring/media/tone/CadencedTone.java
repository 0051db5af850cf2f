package io.tipring.media.tone;

import java.util.List;

/// Sounds a [Cadence] once through; a continuous one never ends.
public final class CadencedTone implements Sound {
  private static final int SAMPLES_PER_MILLI = 8;

  private final List<Cadence.Stretch> stretches;
  private final Oscillator[][] oscillators;
  private int stretch;
  private int played;

  public CadencedTone(Cadence cadence) {
    stretches = cadence.stretches();
    oscillators = new Oscillator[stretches.size()][];
    for (int i = 0; i < oscillators.length; i++) {
      Cadence.Stretch one = stretches.get(i);
      oscillators[i] =
          one.hertz().stream()
              .map(hertz -> new Oscillator(hertz, one.dBm0()))
              .toArray(Oscillator[]::new);
    }
  }

  @Override
  public int add(int[] frame, int from, int count) {
    int done = 0;
    while (done < count && stretch < oscillators.length) {
      int left = left();
      int n = Math.min(left, count - done);
      for (Oscillator oscillator : oscillators[stretch]) {
        oscillator.add(frame, from + done, n);
      }
      done += n;
      played += n;
      if (n == left) {
        stretch++;
        played = 0;
      }
    }
    return done;
  }

  private int left() {
    int millis = stretches.get(stretch).millis();
    if (millis == Cadence.CONTINUOUS) {
      played = 0;
      return Integer.MAX_VALUE;
    }
    return millis * SAMPLES_PER_MILLI - played;
  }

  @Override
  public void rewind() {
    stretch = 0;
    played = 0;
    for (Oscillator[] together : oscillators) {
      for (Oscillator oscillator : together) {
        oscillator.reset();
      }
    }
  }
}
