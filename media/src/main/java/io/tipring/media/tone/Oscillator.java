package io.tipring.media.tone;

/// One sine at 8 kHz that never breaks its phase, whatever it is asked for. The phase is a 32-bit
/// turn that wraps by itself, so eight hours later the frequency is as exact as at the start (2
/// microhertz).
public final class Oscillator {
  private static final int TABLE_BITS = 10;
  private static final int SHIFT = 32 - TABLE_BITS;
  private static final double[] SINE = new double[(1 << TABLE_BITS) + 1];
  private static final double FRACTION = 1.0 / (1 << SHIFT);
  private static final double SAMPLE_HZ = 8000;

  static {
    for (int i = 0; i < SINE.length; i++) {
      SINE[i] = StrictMath.sin(2 * StrictMath.PI * i / (SINE.length - 1));
    }
  }

  private final int step;
  private final double peak;
  private int phase;

  /// @param hertz 0..4000, exclusive
  /// @param dBm0 level, see [Level]
  public Oscillator(double hertz, double dBm0) {
    if (!(hertz > 0 && hertz < SAMPLE_HZ / 2)) {
      throw new IllegalArgumentException(
          "a tone at 8 kHz lies between 0 and 4000 Hz, not at " + hertz);
    }
    this.step = (int) (long) StrictMath.rint(hertz / SAMPLE_HZ * (1L << 32));
    this.peak = Level.peak(dBm0);
  }

  /// Back to phase 0.
  public void reset() {
    phase = 0;
  }

  /// The next sample, not rounded.
  double next() {
    int index = phase >>> SHIFT;
    double beyond = (phase & ((1 << SHIFT) - 1)) * FRACTION;
    phase += step;
    return peak * (SINE[index] + (SINE[index + 1] - SINE[index]) * beyond);
  }

  /// Adds the next `count` samples to `frame`.
  public void add(int[] frame, int from, int count) {
    for (int i = from; i < from + count; i++) {
      frame[i] += (int) Math.rint(next());
    }
  }
}
