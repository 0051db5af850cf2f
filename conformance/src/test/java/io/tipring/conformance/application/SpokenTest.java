package io.tipring.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.media.codec.G711;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The judge of speech is judged: it must know a text by its sound, and no other.
class SpokenTest {
  private static final Spoken MENU =
      Spoken.of("For the time, press 1. To hear yourself, press 2. To hear your digits, press 3.");
  private static final Spoken FOUR = Spoken.of("Type four digits.");

  private static int[] telephone(Spoken spoken, int silence) {
    int[] halved = Arrays.stream(spoken.samples()).map(sample -> sample / 2).toArray();
    byte[] coded = new byte[halved.length];
    int[] recorded = new int[silence + halved.length + silence];
    int _ = G711.PCMU.encode(halved, 0, halved.length, coded, 0);
    int _ = G711.PCMU.decode(coded, 0, coded.length, recorded, silence);
    return recorded;
  }

  @Test
  void aTextIsFoundAfterTheTelephoneAndAtHalfItsLevel() {
    assertThat(MENU.shareIn(telephone(MENU, 5_003))).isEqualTo(1.0);
    assertThat(FOUR.shareIn(telephone(FOUR, 77))).isEqualTo(1.0);
    assertThat(FOUR.likenessIn(telephone(FOUR, 77))).isGreaterThan(0.99);
  }

  @Test
  void anotherTextOfTheSameVoiceIsNotFound() {
    assertThat(FOUR.likenessIn(telephone(MENU, 800))).isLessThan(0.88);
    assertThat(FOUR.isIn(telephone(MENU, 800))).isFalse();
    assertThat(MENU.isIn(telephone(FOUR, 800))).isFalse();
    assertThat(
            Spoken.of("You typed 4, 2, 1, 7.")
                .isIn(telephone(Spoken.of("You typed 7, 1, 2, 4."), 0)))
        .isFalse();
  }

  @Test
  void halfATextIsNotTheText() {
    int[] whole = telephone(MENU, 0);
    assertThat(MENU.isIn(Arrays.copyOf(whole, whole.length / 2))).isFalse();
  }

  @Test
  void silenceIsNoText() {
    assertThat(MENU.shareIn(new int[80_000])).isEqualTo(0.0);
  }
}
