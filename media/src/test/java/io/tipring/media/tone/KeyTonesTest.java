package io.tipring.media.tone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTonesTest {
  @Test
  void everyKeyIsHeardOnceInOrder() {
    assertThat(heard("1590*#AAD")).isEqualTo("1590*#AAD");
  }

  @Test
  void itEndsAfterTheLastGapHoweverItIsAskedFor() {
    KeyTones keys = new KeyTones("12", 100, 50);
    int samples = 0;
    for (int asked = 1; asked < 1000; asked = asked % 190 + 7) {
      int n = keys.add(new int[asked], 0, asked);
      samples += n;
      if (n < asked) {
        break;
      }
    }
    assertThat(samples).isEqualTo(2 * 150 * 8);
    assertThat(keys.add(new int[160], 0, 160)).isZero();
    keys.rewind();
    assertThat(keys.add(new int[160], 0, 160)).isEqualTo(160);
  }

  private static String heard(String pressed) {
    int[] sound = new int[(pressed.length() + 1) * 240 * 8];
    new KeyTones(pressed, 160, 80).add(sound, 0, sound.length);
    StringBuilder heard = new StringBuilder();
    new DtmfDetector((key, _) -> heard.append(key)).listen(sound, 0, sound.length);
    return heard.toString();
  }
}
