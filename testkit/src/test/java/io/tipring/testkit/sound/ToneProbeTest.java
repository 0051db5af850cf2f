package io.tipring.testkit.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tipring.testkit.world.Dice;
import org.junit.jupiter.api.Test;

class ToneProbeTest {
  @Test
  void theLevelOfASineIsMeasured() {
    int[] sound = sine(1000, 0.1, 8000);
    assertThat(ToneProbe.of(sound).level(1000)).isCloseTo(-20, within(0.1));
    assertThat(ToneProbe.of(sound).level()).isCloseTo(-20, within(0.1));
    assertThat(ToneProbe.of(sound).level(1300)).isLessThan(-80);
  }

  @Test
  void aToneIsHeardAndItsNeighbourIsNot() {
    ToneProbe probe = ToneProbe.of(sine(1000, 0.3, 4000));
    assertThat(probe.hears(1000)).isTrue();
    assertThat(probe.hears(1050)).isFalse();
    assertThat(probe.hears(440)).isFalse();
  }

  @Test
  void aToneDrownedInNoiseIsNotHeard() {
    int[] sound = sine(1000, 0.05, 8000);
    Dice dice = new Dice(1);
    for (int i = 0; i < sound.length; i++) {
      sound[i] += (int) ((dice.fraction() - 0.5) * 32000);
    }
    assertThat(ToneProbe.of(sound).snr(1000)).isLessThan(0);
    assertThat(ToneProbe.of(sound).hears(1000)).isFalse();
  }

  @Test
  void theSignalToNoiseRatioIsMeasured() {
    int[] sound = add(sine(1000, 0.5, 8000), sine(2345, 0.05, 8000));
    assertThat(ToneProbe.of(sound).snr(1000)).isCloseTo(20, within(0.5));
  }

  @Test
  void steadyTonesAreFoundWithoutBeingNamed() {
    assertThat(ToneProbe.of(sine(1003, 0.3, 16_000)).tones())
        .hasSize(1)
        .allMatch(hertz -> Math.abs(hertz - 1003) <= 2);
    assertThat(ToneProbe.of(add(sine(440, 0.3, 16_000), sine(2000, 0.2, 16_000))).tones())
        .satisfiesExactly(
            hertz -> assertThat(hertz).isBetween(438, 442),
            hertz -> assertThat(hertz).isBetween(1998, 2002));
    assertThat(ToneProbe.of(new int[16_000]).tones()).isEmpty();
  }

  @Test
  void silenceIsSilent() {
    assertThat(ToneProbe.of(new int[8000]).level()).isEqualTo(-120);
    assertThat(ToneProbe.of(new int[8000]).hears(1000)).isFalse();
    assertThat(ToneProbe.of(new int[0]).hears(1000)).isFalse();
    assertThat(ToneProbe.of(new int[0]).digits()).isEmpty();
  }

  @Test
  void aHoleInAToneIsMeasured() {
    int[] sound = sine(1000, 0.3, 8000);
    for (int i = 4000; i < 4800; i++) {
      sound[i] = 0;
    }
    assertThat(ToneProbe.of(sound).longestGapMillis(1000)).isBetween(80, 120);
    assertThat(ToneProbe.of(sine(1000, 0.3, 8000)).longestGapMillis(1000)).isZero();
  }

  @Test
  void aPartOfTheSoundCanBeLookedAt() {
    int[] sound = new int[16_000];
    System.arraycopy(sine(700, 0.3, 8000), 0, sound, 8000, 8000);
    assertThat(ToneProbe.of(sound).between(0, 1000).hears(700)).isFalse();
    assertThat(ToneProbe.of(sound).between(1000, 2000).hears(700)).isTrue();
    assertThat(ToneProbe.of(sound).between(1000, 9999).millis()).isEqualTo(1000);
  }

  @Test
  void everyKeyIsHeardOnceHoweverItFallsOnTheBlocks() {
    String keys = "123A456B789C*0#D11";
    for (int shift = 0; shift < 104; shift += 13) {
      assertThat(ToneProbe.of(dtmf(keys, shift, 70, 50)).digits()).isEqualTo(keys);
    }
  }

  @Test
  void aSingleToneIsNoKey() {
    assertThat(ToneProbe.of(sine(697, 0.3, 8000)).digits()).isEmpty();
    assertThat(ToneProbe.of(sine(1000, 0.3, 8000)).digits()).isEmpty();
  }

  private static int[] dtmf(String keys, int shift, int onMillis, int offMillis) {
    double[] rows = {697, 770, 852, 941};
    double[] columns = {1209, 1336, 1477, 1633};
    int[] sound = new int[shift + keys.length() * (onMillis + offMillis) * 8];
    for (int k = 0; k < keys.length(); k++) {
      int place = "123A456B789C*0#D".indexOf(keys.charAt(k));
      int[] key =
          add(
              sine(rows[place / 4], 0.2, onMillis * 8),
              sine(columns[place % 4], 0.25, onMillis * 8));
      System.arraycopy(key, 0, sound, shift + k * (onMillis + offMillis) * 8, key.length);
    }
    return sound;
  }

  private static int[] sine(double hertz, double amplitude, int count) {
    int[] sound = new int[count];
    for (int i = 0; i < count; i++) {
      sound[i] = (int) Math.round(amplitude * 32768 * Math.sin(2 * Math.PI * hertz * i / 8000));
    }
    return sound;
  }

  private static int[] add(int[] one, int[] other) {
    int[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
