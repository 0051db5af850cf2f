package io.tipring.media.clip;

/// Turns sound of one rate into sound of another, piece by piece, by a windowed sinc in polyphase
/// form.
///
/// ```
///  output n lies at input position n * from / to:   ....x....x....x..|.x....x....x....
///                                                   <---- reach ---->|<---- reach ---->
/// ```
///
/// Flat to 0.425 of the lower rate (3400 Hz at 8 kHz), and at half of it 80 dB down, so nothing
/// that is heard is an alias. The position is counted in whole numbers: there is no drift however
/// long it runs.
public final class Resampler {
  /// Zero crossings of the sinc on either side: gives the steepness.
  private static final int CROSSINGS = 36;

  /// Middle of the slope, in cycles per sample of the lower rate.
  private static final double CUTOFF = 0.4625;

  /// Kaiser's parameter for 80 dB.
  private static final double BETA = 7.9;

  /// Beyond so many, phases are interpolated: at 640 that is 100 dB down.
  private static final int MOST_PHASES = 640;

  private static final int LOWEST_HZ = 1000;
  private static final int HIGHEST_HZ = 768_000;

  private final long from;
  private final long to;
  private final int reach;
  private final int taps;
  private final int phases;
  private final float[][] filters;

  /// The last `taps` inputs, written twice, so that they always lie in a row.
  private final float[] line;

  private int lineAt;

  /// Inputs taken, outputs made.
  private long in;

  private long out;

  public Resampler(int fromHz, int toHz) {
    if (Math.min(fromHz, toHz) < LOWEST_HZ || Math.max(fromHz, toHz) > HIGHEST_HZ) {
      throw new IllegalArgumentException(
          "rates lie between "
              + LOWEST_HZ
              + " and "
              + HIGHEST_HZ
              + " Hz, not "
              + fromHz
              + " and "
              + toHz);
    }
    int common = gcd(fromHz, toHz);
    from = fromHz / common;
    to = toHz / common;
    double lower = (double) Math.min(from, to) / from;
    reach = (int) Math.ceil(CROSSINGS / lower);
    taps = 2 * reach;
    phases = (int) Math.min(to, MOST_PHASES);
    filters = new float[phases + 1][];
    for (int i = 0; i <= phases; i++) {
      filters[i] = filter((double) i / phases, CUTOFF * lower);
    }
    line = new float[2 * taps];
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /// The weights of the inputs around a position that lies `fraction` after one of them; together
  /// they are 1.
  private float[] filter(double fraction, double cutoff) {
    double[] weights = new double[taps];
    double sum = 0;
    for (int i = 0; i < taps; i++) {
      double distance = i - (reach - 1) - fraction;
      weights[i] = sinc(2 * cutoff * distance) * kaiser(distance / reach);
      sum += weights[i];
    }
    float[] filter = new float[taps];
    for (int i = 0; i < taps; i++) {
      filter[i] = (float) (weights[i] / sum);
    }
    return filter;
  }

  private static double sinc(double x) {
    double angle = StrictMath.PI * x;
    return Math.abs(angle) < 1e-9 ? 1 : StrictMath.sin(angle) / angle;
  }

  private static double kaiser(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  /// The modified Bessel function of the first kind, order 0, by its series.
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-12; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  /// At most so many samples come out of so many, beyond those before; of 0: out of [#finish].
  public int most(int count) {
    return Math.toIntExact((count + (long) reach) * to / from + 2);
  }

  /// Takes `count` samples.
  ///
  /// @return how many samples were written from `at` on, at most [#most] of `count`
  public int add(float[] samples, int offset, int count, float[] target, int at) {
    int made = 0;
    for (int i = 0; i < count; i++) {
      made += take(samples[offset + i], target, at + made, Long.MAX_VALUE);
    }
    return made;
  }

  /// Writes what is still to come of the sound that was taken; afterwards the resampler is used up.
  public int finish(float[] target, int at) {
    long total = (in * to + from - 1) / from;
    int made = 0;
    for (int i = 0; i < reach && out < total; i++) {
      made += take(0, target, at + made, total);
    }
    return made;
  }

  private int take(float sample, float[] target, int at, long total) {
    line[lineAt] = sample;
    line[lineAt + taps] = sample;
    lineAt = (lineAt + 1) % taps;
    in++;
    int made = 0;
    // The newest input that an output needs lies `reach` after the one it follows.
    while (out < total && out * from / to + reach < in) {
      target[at + made] = output(out * from % to);
      out++;
      made++;
    }
    return made;
  }

  private float output(long fraction) {
    double position = (double) fraction * phases / to;
    int phase = (int) position;
    float here = product(filters[phase]);
    if (phases == to) {
      return here;
    }
    float beyond = (float) (position - phase);
    return here + (product(filters[phase + 1]) - here) * beyond;
  }

  private float product(float[] filter) {
    float sum = 0;
    for (int i = 0; i < filter.length; i++) {
      sum += filter[i] * line[lineAt + i];
    }
    return sum;
  }
}
