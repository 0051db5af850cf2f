package io.tipring.testkit.sound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Listens to a stretch of sound: mono PCM16 at 8 kHz, one sample an `int`. Levels are in dB
/// relative to a full-scale sine.
public final class ToneProbe {
  public static final int SAMPLES_PER_SECOND = 8000;
  private static final double FULL_SCALE = 32768;
  private static final double SILENCE_DB = -120;
  private static final int WINDOW = SAMPLES_PER_SECOND / 10;
  private static final double HEARD_LEVEL_DB = -40;
  private static final double HEARD_SNR_DB = 10;
  private static final int LOWEST_HZ = 100;
  private static final int HIGHEST_HZ = 3900;
  private static final int SCAN_HZ = 10;
  private static final int MOST_TONES = 4;

  private final int[] samples;
  private final int from;
  private final int to;

  private ToneProbe(int[] samples, int from, int to) {
    this.samples = samples;
    this.from = from;
    this.to = to;
  }

  public static ToneProbe of(int[] samples) {
    return new ToneProbe(samples, 0, samples.length);
  }

  /// The same sound from millisecond `fromMillis` until `toMillis`, cut to what there is.
  public ToneProbe between(int fromMillis, int toMillis) {
    int start = Math.clamp(from + fromMillis * 8L, from, to);
    return new ToneProbe(samples, start, Math.clamp(from + toMillis * 8L, start, to));
  }

  public int millis() {
    return (to - from) / 8;
  }

  /// Level of everything together.
  public double level() {
    return decibel(power(from, to));
  }

  /// Level of one frequency, measured with a Hann window so that a loud neighbour does not leak
  /// into it.
  public double level(double hertz) {
    return decibel(tonePower(hertz, from, to));
  }

  /// How far the tone stands out from everything else, in dB.
  public double snr(double hertz) {
    double all = power(from, to);
    double tone = Math.min(all, tonePower(hertz, from, to));
    double rest = Math.max(all - tone, all * 1e-9);
    return all == 0 ? SILENCE_DB : decibel(tone) - decibel(rest);
  }

  /// True when the tone is there: for at least half of all tenths of a second it is loud enough and
  /// stands out.
  public boolean hears(double hertz) {
    int heard = 0;
    int windows = 0;
    for (int at = from; at + WINDOW <= to; at += WINDOW) {
      ToneProbe window = new ToneProbe(samples, at, at + WINDOW);
      windows++;
      if (window.level(hertz) > HEARD_LEVEL_DB && window.snr(hertz) > HEARD_SNR_DB) {
        heard++;
      }
    }
    return windows > 0 && heard * 2 >= windows;
  }

  /// The longest stretch without the tone, in milliseconds, counted in steps of 10 ms between the
  /// tone's first and last appearance: what a listener hears as a gap.
  public int longestGapMillis(double hertz) {
    int step = SAMPLES_PER_SECOND / 100;
    int window = 2 * step;
    int lastHeard = -1;
    int longest = 0;
    for (int at = from; at + window <= to; at += step) {
      if (decibel(tonePower(hertz, at, at + window)) > HEARD_LEVEL_DB) {
        if (lastHeard >= 0) {
          longest = Math.max(longest, at - lastHeard - step);
        }
        lastHeard = at;
      }
    }
    return longest / 8;
  }

  /// The steady tones in it, in Hz to within 2 Hz or so, loudest first, at most four: those that
  /// can be heard for half a second altogether.
  public List<Integer> tones() {
    record Peak(int hertz, double power) {}
    List<Peak> peaks = new ArrayList<>();
    double[] spectrum = new double[HIGHEST_HZ / SCAN_HZ + 2];
    for (int i = LOWEST_HZ / SCAN_HZ; i < spectrum.length; i++) {
      spectrum[i] = heardPower(i * SCAN_HZ);
    }
    for (int i = 1; i < spectrum.length - 1; i++) {
      if (spectrum[i] > 0 && spectrum[i] > spectrum[i - 1] && spectrum[i] >= spectrum[i + 1]) {
        int best = i * SCAN_HZ;
        for (int hertz = best - SCAN_HZ + 1; hertz < i * SCAN_HZ + SCAN_HZ; hertz++) {
          best = heardPower(hertz) > heardPower(best) ? hertz : best;
        }
        peaks.add(new Peak(best, heardPower(best)));
      }
    }
    return peaks.stream()
        .sorted(Comparator.comparingDouble(Peak::power).reversed())
        .limit(MOST_TONES)
        .map(Peak::hertz)
        .toList();
  }

  /// Mean power of a frequency over the windows in which it is heard; 0 when they are fewer than
  /// five.
  private double heardPower(int hertz) {
    double sum = 0;
    int heard = 0;
    for (int at = from; at + WINDOW <= to; at += WINDOW) {
      double power = tonePower(hertz, at, at + WINDOW);
      if (decibel(power) > HEARD_LEVEL_DB && power > power(at, at + WINDOW) / 5) {
        sum += power;
        heard++;
      }
    }
    return heard < 5 ? 0 : sum / heard;
  }

  /// The keys whose tones were heard, in order (ITU-T Q.23).
  public String digits() {
    return new DtmfListener().listen(samples, from, to);
  }

  /// Mean power where a full-scale sine is 1.
  static double power(int[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return to == from ? 0 : 2 * sum / (to - from) / (FULL_SCALE * FULL_SCALE);
  }

  /// Power of one frequency (Goertzel), where a full-scale sine is 1.
  static double goertzel(int[] samples, int from, int to, double hertz, boolean hann) {
    int count = to - from;
    if (count == 0) {
      return 0;
    }
    double turn = 2 * StrictMath.PI * hertz / SAMPLES_PER_SECOND;
    double coefficient = 2 * StrictMath.cos(turn);
    double windowTurn = 2 * StrictMath.PI / count;
    double windowCos = StrictMath.cos(windowTurn);
    double windowSin = StrictMath.sin(windowTurn);
    double cos = 1;
    double sin = 0;
    double s1 = 0;
    double s2 = 0;
    double weights = 0;
    for (int i = from; i < to; i++) {
      double weight = hann ? 0.5 * (1 - cos) : 1;
      double s0 = weight * samples[i] + coefficient * s1 - s2;
      s2 = s1;
      s1 = s0;
      weights += weight;
      double nextCos = cos * windowCos - sin * windowSin;
      sin = sin * windowCos + cos * windowSin;
      cos = nextCos;
    }
    double magnitudeSquared = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
    return 4 * magnitudeSquared / (weights * weights) / (FULL_SCALE * FULL_SCALE);
  }

  private double power(int start, int end) {
    return power(samples, start, end);
  }

  private double tonePower(double hertz, int start, int end) {
    return goertzel(samples, start, end, hertz, true);
  }

  private static double decibel(double power) {
    return power <= 1e-12 ? SILENCE_DB : 10 * StrictMath.log10(power);
  }
}
