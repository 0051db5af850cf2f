package io.tipring.media.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tipring.media.ToneProbe;
import io.tipring.media.spec.Source.Progress.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToneTest {
  @ParameterizedTest
  @CsvSource({"1000, -10", "440, 0", "3999, -20", "1, 3.14", "697, -40"})
  void aSineIsPureAndAsLoudAsAsked(double hertz, double level) {
    int[] sound = new int[8000];
    new Oscillator(hertz, level).add(sound, 0, sound.length);
    assertThat(ToneProbe.level(sound, 0, 8000, hertz)).isCloseTo(level, within(0.02));
    assertThat(ToneProbe.snr(sound, 0, 8000, hertz)).isGreaterThan(level > -30 ? 70 : 50);
  }

  @Test
  void thePhaseNeverBreaksHoweverItIsAskedFor() {
    int[] whole = new int[8000];
    int[] pieces = new int[8000];
    new Oscillator(437.5, -10).add(whole, 0, 8000);
    Oscillator oscillator = new Oscillator(437.5, -10);
    int at = 0;
    for (int n = 1; at < 8000; n = n % 300 + 1) {
      oscillator.add(pieces, at, Math.min(n, 8000 - at));
      at += n;
    }
    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void eightHoursLaterTheFrequencyIsStillExact() {
    Oscillator oscillator = new Oscillator(1000, -10);
    int[] sound = new int[8000];
    oscillator.add(sound, 0, 8000);
    int[] first = sound.clone();
    for (int second = 0; second < 8 * 3600; second++) {
      java.util.Arrays.fill(sound, 0);
      oscillator.add(sound, 0, 80);
    }
    assertThat(java.util.Arrays.copyOf(sound, 80)).isEqualTo(java.util.Arrays.copyOf(first, 80));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -5, 4000, 5000, Double.NaN})
  void whatIsNoToneIsRefused(double hertz) {
    assertThatThrownBy(() -> new Oscillator(hertz, -10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreThanFullScaleIsFullScale() {
    assertThat(Level.peak(20)).isEqualTo(32_767);
    assertThat(Level.peak(0)).isCloseTo(22_827, within(5.0));
  }

  @ParameterizedTest
  @CsvSource({
    "RINGBACK, US, 440, 480, 2000, 4000",
    "BUSY, US, 480, 620, 500, 500",
    "CONGESTION, us, 480, 620, 250, 250",
    "RINGBACK, DE, 425, 425, 1000, 4000",
    "BUSY, DE, 425, 425, 480, 480",
    "RINGBACK, GB, 400, 450, 400, 200",
    "BUSY, GB, 400, 400, 375, 375",
    "RINGBACK, FR, 440, 440, 1500, 3500",
    "RINGBACK, AU, 413, 438, 400, 200",
    "RINGBACK, JP, 384, 416, 1000, 2000",
    "RINGBACK, NL, 425, 425, 1000, 4000",
    "RINGBACK, IT, 425, 425, 1000, 4000",
    "BUSY, ES, 425, 425, 200, 200",
    "RINGBACK, '', 425, 425, 1000, 4000",
    "BUSY, ZZ, 425, 425, 500, 500",
  })
  void aCountrySoundsAsItShould(
      Signal signal, String country, double one, double other, int on, int off) {
    CadencedTone tone = new CadencedTone(ProgressTones.of(signal, country));
    int[] sound = new int[(on + off) * 8];
    assertThat(tone.add(sound, 0, sound.length)).isEqualTo(sound.length);
    assertThat(ToneProbe.level(sound, 0, on * 8, one)).isBetween(-14.0, -9.0);
    assertThat(ToneProbe.level(sound, 0, on * 8, other)).isBetween(-14.0, -9.0);
    assertThat(ToneProbe.level(sound, 0, on * 8)).isCloseTo(-10, within(1.0));
    assertThat(ToneProbe.level(sound, on * 8, off * 8)).isEqualTo(-200);
  }

  @Test
  void australianCongestionFaintsEverySecondTime() {
    int[] sound = new int[12_000];
    new CadencedTone(ProgressTones.of(Signal.CONGESTION, "AU")).add(sound, 0, sound.length);
    assertThat(ToneProbe.level(sound, 0, 3000, 425)).isCloseTo(-10, within(0.1));
    assertThat(ToneProbe.level(sound, 6000, 3000, 425)).isCloseTo(-20, within(0.1));
  }

  @Test
  void onceThroughIsOneCadenceAndAContinuousToneHasNoEnd() {
    int[] sound = new int[80_000];
    assertThat(
            new CadencedTone(ProgressTones.of(Signal.RINGBACK, "GB")).add(sound, 0, sound.length))
        .isEqualTo(24_000);
    CadencedTone dial = new CadencedTone(ProgressTones.of(Signal.DIAL, "US"));
    assertThat(dial.add(sound, 0, sound.length)).isEqualTo(sound.length);
    assertThat(ProgressTones.of(Signal.DIAL, "US").continuous()).isTrue();
  }

  @Test
  void rewoundItBeginsAnew() {
    CadencedTone tone = new CadencedTone(ProgressTones.of(Signal.BUSY, "DE"));
    int[] first = new int[10_000];
    int[] second = new int[10_000];
    int n = tone.add(first, 0, first.length);
    assertThat(tone.add(second, 0, second.length)).isZero();
    tone.rewind();
    assertThat(tone.add(second, 0, second.length)).isEqualTo(n);
    assertThat(second).isEqualTo(first);
  }
}
