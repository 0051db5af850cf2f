package io.tipring.media.tone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tipring.media.spec.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DtmfDetectorTest {
  private static final String ALL = "1234567890*#ABCD";
  private static final int SECOND = 8000;

  @Test
  void everyKeyThatTheGeneratorMakesIsHeardWithItsLength() {
    List<Heard> heard = hear(keys(ALL, 100, 100));
    assertThat(text(heard)).isEqualTo(ALL);
    assertThat(heard).allSatisfy(key -> assertThat(key.millis()).isCloseTo(100, within(26)));
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "45, 60", "70, 50", "500, 500"})
  void keysFromFortyMillisecondsOnAreHeard(int tone, int gap) {
    assertThat(text(hear(keys(ALL + ALL + ALL, tone, gap)))).isEqualTo(ALL + ALL + ALL);
  }

  @Test
  void theSameKeyTwiceIsHeardTwice() {
    assertThat(text(hear(keys("55005", 60, 45)))).isEqualTo("55005");
  }

  @Test
  void lessThanTwentyMillisecondsIsNoKey() {
    assertThat(hear(keys(ALL, 18, 80))).isEmpty();
  }

  @Test
  void aShortDropOutDoesNotMakeTwoKeysOfOne() {
    int[] sound = keys("5", 200, 100);
    for (int i = 700; i < 760; i++) {
      sound[i] = 0;
    }
    assertThat(text(hear(sound))).isEqualTo("5");
  }

  @Test
  void aKeyThatIsHeldIsReportedAfterFiveSecondsAndOnce() {
    List<Heard> heard = new ArrayList<>();
    DtmfDetector detector = new DtmfDetector((key, millis) -> heard.add(new Heard(key, millis)));
    int[] sound = keys("7", 8000, 200);
    detector.listen(sound, 0, 5 * SECOND + 400);
    assertThat(heard).hasSize(1);
    detector.listen(sound, 5 * SECOND + 400, sound.length - 5 * SECOND - 400);
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst().millis()).isCloseTo(5000, within(30));
  }

  @ParameterizedTest
  @CsvSource({"-25, -25", "-27, -27", "-3, -3", "-16, -8", "-18, -10", "-8, -12", "-20, -24"})
  void quietLoudAndTwistedKeysAreHeard(double row, double column) {
    assertThat(text(hear(keys(ALL, 60, 60, row, column, 0)))).isEqualTo(ALL);
  }

  @ParameterizedTest
  @CsvSource({"-45, -45", "-25, -10", "-8, -18", "-10, -70", "-70, -10"})
  void tooQuietOrTooTwistedIsNoKey(double row, double column) {
    assertThat(hear(keys(ALL, 60, 60, row, column, 0))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1.5, -1, 1, 1.5})
  void frequenciesMayBeOffByOneAndAHalfPercent(double percent) {
    assertThat(text(hear(keys(ALL, 60, 60, -10, -10, percent)))).isEqualTo(ALL);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-6, -5, -3.5, 3.5, 5, 6})
  void frequenciesThatAreOffByThreeAndAHalfPercentAreNoKey(double percent) {
    assertThat(hear(keys(ALL, 60, 60, -10, -10, percent))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keysAreHeardThroughNoiseOfFifteenDecibelsLess(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sound = keys(ALL, 60, 60, -9, -9, 0);
    double peak = Level.peak(-9 + 3 - 15) * Math.sqrt(1.5);
    for (int i = 0; i < sound.length; i++) {
      sound[i] += (int) ((random.nextDouble() * 2 - 1) * peak);
    }
    assertThat(text(hear(sound))).as("seed %d", seed).isEqualTo(ALL);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tenMinutesOfNoiseHoldNoKey(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sound = new int[600 * SECOND];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (int) (random.nextGaussian() * 3000);
    }
    assertThat(hear(sound)).as("seed %d", seed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void fiveMinutesOfSomethingLikeSpeechHoldNoKey(long seed) {
    assertThat(hear(speechLike(300, seed))).as("seed %d", seed).isEmpty();
  }

  @Test
  void noCallProgressToneIsAKey() {
    for (String country : List.of("US", "DE", "GB", "FR", "AU", "JP", "NL", "IT", "ES", "")) {
      for (var signal : Source.Progress.Signal.values()) {
        int[] sound = new int[10 * SECOND];
        new CadencedTone(ProgressTones.of(signal, country)).add(sound, 0, sound.length);
        assertThat(hear(sound)).as("%s of %s", signal, country).isEmpty();
      }
    }
  }

  @Test
  void noSingleToneIsAKey() {
    for (int hertz = 300; hertz < 3400; hertz += 7) {
      int[] sound = new int[SECOND / 4];
      new Oscillator(hertz, -10).add(sound, 0, sound.length);
      assertThat(hear(sound)).as("%d Hz", hertz).isEmpty();
    }
  }

  /// Voices that glide, with harmonics shaped by two moving formants, breaks between syllables, and
  /// hiss.
  private static int[] speechLike(int seconds, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sound = new int[seconds * SECOND];
    int at = 0;
    while (at < sound.length) {
      int length = Math.min(400 + random.nextInt(2400), sound.length - at);
      if (random.nextInt(4) > 0) {
        syllable(sound, at, length, random);
      } else if (random.nextInt(2) == 0) {
        for (int i = at; i < at + length; i++) {
          sound[i] = (int) (random.nextGaussian() * 800);
        }
      }
      at += length;
    }
    return sound;
  }

  private static void syllable(int[] sound, int at, int length, SplittableRandom random) {
    double pitch = 80 + random.nextDouble() * 240;
    double glide = (random.nextDouble() - 0.5) * 60;
    double first = 250 + random.nextDouble() * 700;
    double second = 900 + random.nextDouble() * 1400;
    double loudness = 500 + random.nextDouble() * 6000;
    double[] phase = new double[80];
    double[] gain = new double[80];
    for (int h = 1; h < gain.length; h++) {
      double f = h * pitch;
      gain[h] = resonance(f - first, 80) + 0.5 * resonance(f - second, 100);
    }
    for (int i = 0; i < length; i++) {
      double f0 = pitch + glide * i / length;
      double sample = 0;
      for (int h = 1; h * f0 < 3400; h++) {
        phase[h] += 2 * Math.PI * h * f0 / 8000;
        sample += gain[h] * Math.sin(phase[h]);
      }
      sound[at + i] = (int) (loudness * sample * Math.sin(Math.PI * i / length));
    }
  }

  /// How a cavity answers beside its resonance: a single pole.
  private static double resonance(double hertzBeside, double bandwidth) {
    return 1 / Math.hypot(1, hertzBeside / (bandwidth / 2));
  }

  private static int[] keys(String keys, int tone, int gap) {
    DtmfGenerator generator = new DtmfGenerator();
    int period = (tone + gap) * 8;
    // Begins at every possible place within a block.
    int[] sound = new int[period * keys.length() + 1000];
    int at = 37;
    for (char key : keys.toCharArray()) {
      generator.press(key);
      generator.add(sound, at, tone * 8);
      at += period;
    }
    return sound;
  }

  private static int[] keys(
      String keys, int tone, int gap, double row, double column, double percentOff) {
    int period = (tone + gap) * 8;
    int[] sound = new int[period * keys.length() + 1000];
    int at = 37;
    for (char key : keys.toCharArray()) {
      int index = Dtmf.indexOf(key);
      double off = 1 + percentOff / 100;
      new Oscillator(Dtmf.ROWS[index / 4] * off, row).add(sound, at, tone * 8);
      new Oscillator(Dtmf.COLUMNS[index % 4] * off, column).add(sound, at, tone * 8);
      at += period;
    }
    return sound;
  }

  private static List<Heard> hear(int[] sound) {
    List<Heard> heard = new ArrayList<>();
    StringBuilder down = new StringBuilder();
    DtmfDetector detector =
        new DtmfDetector(
            new DtmfDetector.Keys() {
              @Override
              public void began(char key) {
                down.append(key);
              }

              @Override
              public void key(char key, int millis) {
                heard.add(new Heard(key, millis));
                assertThat(down).as("each begins before it ends").hasToString(text(heard));
              }
            });
    for (int at = 0; at < sound.length; at += 160) {
      detector.listen(sound, at, Math.min(160, sound.length - at));
    }
    return heard;
  }

  private static String text(List<Heard> heard) {
    StringBuilder text = new StringBuilder();
    heard.forEach(key -> text.append(key.key()));
    return text.toString();
  }

  private record Heard(char key, int millis) {}
}
