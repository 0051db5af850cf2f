package io.tipring.media;

/// Listens to sound in tests: how loud a frequency is in it, and how much of it is something else.
public final class ToneProbe {
  private static final double SAMPLE_HZ = 8000;
  private static final double FULL_SCALE_DBM0 = 3.14;

  private ToneProbe() {}

  /// Level of the part of `samples[from, from + count)` at `hertz`, in dBm0; -200 for none.
  public static double level(int[] samples, int from, int count, double hertz) {
    double[] fit = fit(samples, from, count, hertz);
    return dBm0(Math.hypot(fit[0], fit[1]) / Math.sqrt(2));
  }

  /// Level of everything in the stretch, in dBm0.
  public static double level(int[] samples, int from, int count) {
    double energy = 0;
    for (int i = from; i < from + count; i++) {
      energy += (double) samples[i] * samples[i];
    }
    return dBm0(Math.sqrt(energy / count));
  }

  /// How much louder the sine at `hertz` is than all the rest, in dB.
  public static double snr(int[] samples, int from, int count, double hertz) {
    double[] fit = fit(samples, from, count, hertz);
    double signal = 0;
    double rest = 1e-9;
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * hertz * i / SAMPLE_HZ;
      double tone = fit[0] * Math.cos(angle) + fit[1] * Math.sin(angle);
      double error = samples[from + i] - tone;
      signal += tone * tone;
      rest += error * error;
    }
    return 10 * Math.log10(signal / rest);
  }

  /// The cosine and sine at `hertz` that come nearest to the samples, by least squares.
  private static double[] fit(int[] samples, int from, int count, double hertz) {
    double cc = 0;
    double ss = 0;
    double cs = 0;
    double xc = 0;
    double xs = 0;
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * hertz * i / SAMPLE_HZ;
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      cc += c * c;
      ss += s * s;
      cs += c * s;
      xc += samples[from + i] * c;
      xs += samples[from + i] * s;
    }
    double determinant = cc * ss - cs * cs;
    return new double[] {(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant};
  }

  private static double dBm0(double rms) {
    return rms < 1e-6 ? -200 : 20 * Math.log10(rms * Math.sqrt(2) / 32_767) + FULL_SCALE_DBM0;
  }
}
