package io.tipring.media.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The resampler is measured with sines, in dB: what should pass passes unchanged, what should not
/// is gone.
class ResamplerTest {
  private static final double PEAK = 16_000;

  @ParameterizedTest
  @ValueSource(
      ints = {8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 44_101, 48_000, 96_000})
  void whatATelephoneCarriesPassesFlatDownToEightKilohertz(int from) {
    for (int hertz = 100; hertz <= 3400; hertz += 660) {
      float[] out = resample(sine(from, hertz, from), from, 8000);
      assertThat(level(out, hertz, 8000))
          .as("%d Hz from %d", hertz, from)
          .isCloseTo(0, within(0.02));
      assertThat(rest(out, hertz, 8000)).as("%d Hz from %d", hertz, from).isLessThan(-75);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11_025, 16_000, 22_050, 24_000, 44_100, 44_101, 48_000})
  void nothingAboveFourKilohertzIsLeftAsAnAlias(int from) {
    for (int hertz = 4005; hertz < from / 2; hertz += 1111) {
      float[] out = resample(sine(from, hertz, from), from, 8000);
      assertThat(level(out)).as("%d Hz from %d", hertz, from).isLessThan(-75);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11_025, 16_000, 24_000, 44_100, 48_000})
  void upwardsNoImageIsHeard(int to) {
    for (int hertz = 100; hertz <= 3400; hertz += 660) {
      float[] out = resample(sine(8000, hertz, 8000), 8000, to);
      assertThat(level(out, hertz, to)).as("%d Hz to %d", hertz, to).isCloseTo(0, within(0.02));
      assertThat(rest(out, hertz, to)).as("%d Hz to %d", hertz, to).isLessThan(-75);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "48000, 8000",
    "44100, 8000",
    "8000, 44100",
    "16000, 8000",
    "11025, 8000",
    "44101, 8000"
  })
  void soundKeepsItsLengthAndItsPlace(int from, int to) {
    for (int length : new int[] {0, 1, 2, 159, 160, from, 3 * from + 7}) {
      float[] in = new float[length];
      if (length > from / 2) {
        in[from / 2] = 10_000;
      }
      float[] out = resample(in, from, to);
      assertThat(out).hasSize((int) (((long) length * to + from - 1) / from));
      if (length > from / 2) {
        assertThat(loudest(out)).isCloseTo(to / 2, within(1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void inPiecesItSoundsTheSame(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] in = sine(22_050, 700, 22_050);
    float[] whole = resample(in, 22_050, 8000);
    Resampler resampler = new Resampler(22_050, 8000);
    float[] pieces = new float[whole.length + 10];
    int at = 0;
    for (int done = 0; done < in.length; ) {
      int n = Math.min(1 + random.nextInt(500), in.length - done);
      int made = resampler.add(in, done, n, pieces, at);
      assertThat(made).isLessThanOrEqualTo(resampler.most(n));
      at += made;
      done += n;
    }
    at += resampler.finish(pieces, at);
    assertThat(java.util.Arrays.copyOf(pieces, at)).as("seed %d", seed).isEqualTo(whole);
  }

  @Test
  void aConstantStaysWhatItIs() {
    float[] in = new float[44_100];
    java.util.Arrays.fill(in, 1000);
    float[] out = resample(in, 44_100, 8000);
    for (int i = 200; i < out.length - 200; i++) {
      assertThat(out[i]).isCloseTo(1000, within(0.05f));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 8000", "-1, 8000", "8000, 999", "800000, 8000"})
  void absurdRatesAreRefused(int from, int to) {
    assertThatThrownBy(() -> new Resampler(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rates lie between");
  }

  private static float[] resample(float[] in, int from, int to) {
    Resampler resampler = new Resampler(from, to);
    float[] out = new float[resampler.most(in.length) + resampler.most(0)];
    int n = resampler.add(in, 0, in.length, out, 0);
    n += resampler.finish(out, n);
    return java.util.Arrays.copyOf(out, n);
  }

  private static float[] sine(int rate, double hertz, int count) {
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (float) (PEAK * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return samples;
  }

  /// dB against the sine that went in, of everything; the ends, where sound begins and stops, are
  /// left out.
  private static double level(float[] samples) {
    double energy = 0;
    int edge = samples.length / 8;
    for (int i = edge; i < samples.length - edge; i++) {
      energy += (double) samples[i] * samples[i];
    }
    return 10 * Math.log10((energy + 1e-9) / (samples.length - 2 * edge) / (PEAK * PEAK / 2));
  }

  /// The same, of the part at one frequency.
  private static double level(float[] samples, double hertz, int rate) {
    double[] fit = fit(samples, hertz, rate);
    return 20 * Math.log10(Math.hypot(fit[0], fit[1]) / PEAK);
  }

  /// The same, of all but one frequency.
  private static double rest(float[] samples, double hertz, int rate) {
    double[] fit = fit(samples, hertz, rate);
    float[] rest = samples.clone();
    for (int i = 0; i < rest.length; i++) {
      double angle = 2 * Math.PI * hertz * i / rate;
      rest[i] -= (float) (fit[0] * Math.cos(angle) + fit[1] * Math.sin(angle));
    }
    return level(rest);
  }

  private static double[] fit(float[] samples, double hertz, int rate) {
    double cc = 0;
    double ss = 0;
    double cs = 0;
    double xc = 0;
    double xs = 0;
    int edge = samples.length / 8;
    for (int i = edge; i < samples.length - edge; i++) {
      double c = Math.cos(2 * Math.PI * hertz * i / rate);
      double s = Math.sin(2 * Math.PI * hertz * i / rate);
      cc += c * c;
      ss += s * s;
      cs += c * s;
      xc += samples[i] * c;
      xs += samples[i] * s;
    }
    double determinant = cc * ss - cs * cs;
    return new double[] {(xc * ss - xs * cs) / determinant, (xs * cc - xc * cs) / determinant};
  }

  private static int loudest(float[] samples) {
    int best = 0;
    for (int i = 0; i < samples.length; i++) {
      best = Math.abs(samples[i]) > Math.abs(samples[best]) ? i : best;
    }
    return best;
  }
}
