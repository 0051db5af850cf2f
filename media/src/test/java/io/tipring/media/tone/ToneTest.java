package io.tipring.media.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tipring.media.ToneProbe;
import io.tipring.media.spec.Source.Progress.Signal;
import java.util.List;
import java.util.stream.Collectors;
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

  /// Hertz together with `+`, then milliseconds of tone and silence in turn, as ITU-T E.180,
  /// Supplement 2 writes them.
  @ParameterizedTest
  @CsvSource({
    "'', 425, 425 1000 4000, 425 500 500, 425 250 250",
    "AT, 420, 420 1000 5000, 420 400 400, 420 200 200",
    "AU, 413+438, 413+438 400 200 400 2000, 425 375 375, 425 375 375 375 375",
    "BE, 425, 425 1000 3000, 425 500 500, 425 167 167",
    "CA, 350+440, 440+480 2000 4000, 480+620 500 500, 480+620 250 250",
    "CH, 425, 425 1000 4000, 425 500 500, 425 200 200",
    "DE, 425, 425 1000 4000, 425 480 480, 425 240 240",
    "ES, 425, 425 1500 3000, 425 200 200, 425 200 200 200 200 200 600",
    "FR, 440, 440 1500 3500, 440 500 500, 440 250 250",
    "GB, 350+440, 400+450 400 200 400 2000, 400 375 375, 400 400 350 225 525",
    "IE, 425, 400+450 400 200 400 2000, 425 500 500, 425 250 250",
    "IT, 425 200 200 600 1000, 425 1000 4000, 425 500 500, 425 200 200",
    "JP, 400, 384+416 1000 2000, 400 500 500, 400 500 500",
    "NL, 425, 425 1000 4000, 425 500 500, 425 250 250",
    "US, 350+440, 440+480 2000 4000, 480+620 500 500, 480+620 250 250",
  })
  void everyCountryHasItsCadences(
      String country, String dial, String ringback, String busy, String congestion) {
    assertThat(written(Signal.DIAL, country)).isEqualTo(dial);
    assertThat(written(Signal.RINGBACK, country)).isEqualTo(ringback);
    assertThat(written(Signal.BUSY, country)).isEqualTo(busy);
    assertThat(written(Signal.CONGESTION, country)).isEqualTo(congestion);
  }

  private static String written(Signal signal, String country) {
    Cadence cadence = ProgressTones.of(signal, country);
    StringBuilder text = new StringBuilder();
    List<Double> hertz = cadence.stretches().getFirst().hertz();
    text.append(hertz.stream().map(h -> "%.0f".formatted(h)).collect(Collectors.joining("+")));
    for (int i = 0; i < cadence.stretches().size(); i++) {
      Cadence.Stretch stretch = cadence.stretches().get(i);
      assertThat(stretch.hertz()).isEqualTo(i % 2 == 0 ? hertz : List.of());
      if (!cadence.continuous()) {
        text.append(' ').append(stretch.millis());
      }
    }
    return text.toString();
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
