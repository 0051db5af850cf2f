package io.tipring.media.jitter;

import static io.tipring.media.jitter.Stream.TONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.media.ToneProbe;
import io.tipring.media.codec.G711;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterBufferTest {
  private static final int SECOND = 50;

  @Test
  void aCleanStreamComesThroughSampleForSampleAndSettlesToNoExtraDelay() {
    Stream stream = new Stream(1);
    stream.record(10 * SECOND);
    int[] sound = stream.record(10 * SECOND);
    assertThat(ToneProbe.snr(sound, 0, sound.length, TONE)).isGreaterThan(36);
    assertThat(stream.buffer.concealedFrames()).isLessThanOrEqualTo(1);
    assertThat(stream.buffer.targetMillis()).isZero();
  }

  @Test
  void nothingIsHeardBeforeTheFirstPacket() {
    JitterBuffer buffer = new JitterBuffer(1);
    int[] frame = new int[160];
    for (int i = 0; i < 50; i++) {
      buffer.read(frame);
      assertThat(frame).containsOnly(0);
    }
    assertThat(buffer.concealedFrames()).isZero();
    assertThat(buffer.delayMillis()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 60})
  void anyPacketLengthWillDo(int millis) {
    Stream stream = new Stream(2);
    stream.packetMillis = millis;
    stream.record(20 * SECOND);
    long before = stream.buffer.concealedFrames();
    int[] sound = stream.record(5 * SECOND);
    assertThat(ToneProbe.snr(sound, 0, sound.length, TONE)).isGreaterThan(36);
    assertThat(stream.buffer.concealedFrames()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void delayGrowsUntilJitterIsHiddenAndShrinksWhenItIsOver(long seed) {
    Stream stream = new Stream(seed);
    stream.path = (_, dice) -> 10 + dice.nextDouble() * 70;
    stream.record(20 * SECOND);
    assertThat(stream.buffer.targetMillis()).isBetween(60, 90);
    long before = stream.buffer.concealedFrames();
    assertContinuous(stream.record(20 * SECOND), 20, seed);
    assertThat(stream.buffer.concealedFrames() - before).as("seed %d", seed).isLessThan(15);
    stream.path = (_, _) -> 10;
    stream.record(90 * SECOND);
    assertThat(stream.buffer.targetMillis()).as("seed %d", seed).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aTwentiethLostIsHardlyHeardInATone(long seed) {
    Stream stream = new Stream(seed);
    stream.path = (_, dice) -> dice.nextDouble() < 0.05 ? -1 : 10 + dice.nextDouble() * 5;
    stream.record(5 * SECOND);
    int[] sound = stream.record(20 * SECOND);
    assertContinuous(sound, 12, seed);
    assertThat(stream.buffer.concealedFrames()).as("seed %d", seed).isBetween(30L, 110L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void orderIsRestoredAndDuplicatesAreHeardOnce(long seed) {
    Stream stream = new Stream(seed);
    stream.path = (n, dice) -> n % 7 == 0 ? 55 : 12 + dice.nextDouble() * 3;
    stream.duplicates = 0.3;
    stream.record(20 * SECOND);
    long before = stream.buffer.concealedFrames();
    int[] sound = stream.record(20 * SECOND);
    assertContinuous(sound, 25, seed);
    assertThat(stream.buffer.concealedFrames() - before).as("seed %d", seed).isLessThanOrEqualTo(5);
    assertThat(stream.buffer.duplicates() + stream.buffer.late())
        .as("seed %d", seed)
        .isGreaterThan(300);
  }

  @Test
  void aBurstAfterAStallIsPlayedAndTheDelayGoesBack() {
    Stream stream = new Stream(4);
    stream.path = (n, _) -> n >= 500 && n < 510 ? 10 + (510 - n) * 20 : 10;
    stream.record(9 * SECOND);
    stream.record(3 * SECOND);
    int[] later = stream.record(30 * SECOND);
    assertContinuous(later, 20, 4);
    int[] end = stream.record(5 * SECOND);
    assertThat(ToneProbe.snr(end, 0, end.length, TONE)).isGreaterThan(36);
  }

  @Test
  void aLongGapFadesToFaintNoiseAndTheVoiceComesBackWhole() {
    Stream stream = new Stream(5);
    stream.record(4 * SECOND);
    stream.pause(2000);
    int[] gap = stream.record(2 * SECOND);
    assertThat(ToneProbe.level(gap, 1600, 8000)).isLessThan(-55);
    long concealed = stream.buffer.concealedFrames();
    assertThat(concealed).isBetween(1L, 6L);
    int[] back = stream.record(2 * SECOND);
    assertThat(ToneProbe.snr(back, 1600, 8000, TONE)).isGreaterThan(30);
    assertThat(stream.buffer.concealedFrames()).isEqualTo(concealed);
    assertThat(stream.buffer.restarts()).isZero();
  }

  @Test
  void describedSilenceSoundsAsDescribedAndIsNoLoss() {
    Stream stream = new Stream(11);
    stream.record(4 * SECOND);
    stream.describeSilence(70);
    stream.pause(2000);
    int[] gap = stream.record(2 * SECOND);
    assertThat(ToneProbe.level(gap, 1600, 8000)).isBetween(-70.0, -63.0);
    stream.record(SECOND);
    int[] back = stream.record(10 * SECOND);
    assertThat(ToneProbe.snr(back, 40_000, 40_000, TONE)).isGreaterThan(36);
    assertThat(stream.buffer.late()).isZero();
  }

  @Test
  void anotherStreamTakesOverAtItsSecondPacket() {
    Stream stream = new Stream(6);
    stream.record(2 * SECOND);
    stream.sequence += 20_000;
    stream.timestamp += 1_000_000_007;
    int[] sound = stream.record(2 * SECOND);
    assertThat(stream.buffer.restarts()).isEqualTo(1);
    assertThat(ToneProbe.snr(sound, 4000, 8000, TONE)).isGreaterThan(30);
    stream.timestamp -= 3_000_000_001L;
    stream.record(2 * SECOND);
    assertThat(stream.buffer.restarts()).isEqualTo(2);
  }

  @Test
  void onePacketFromNowhereChangesNothing() {
    Stream stream = new Stream(7);
    stream.record(10 * SECOND);
    stream.buffer.put(G711.PCMU, 900_000, 123, new byte[160], 0, 160);
    int[] sound = stream.record(2 * SECOND);
    assertThat(stream.buffer.restarts()).isZero();
    assertThat(stream.buffer.refused()).isEqualTo(1);
    assertThat(ToneProbe.snr(sound, 0, sound.length, TONE)).isGreaterThan(36);
  }

  @Test
  void timestampsThatGoBackABitDoNotSilenceTheStream() {
    Stream stream = new Stream(8);
    stream.record(2 * SECOND);
    stream.timestamp -= 4000;
    stream.record(SECOND / 2);
    int[] sound = stream.record(SECOND);
    assertThat(ToneProbe.level(sound, 0, sound.length, TONE)).isGreaterThan(-13);
  }

  @Test
  void aPauseOfOurOwnDoesNotLeaveALastingDelay() {
    Stream stream = new Stream(9);
    stream.record(4 * SECOND);
    stream.stall(3000);
    stream.record(SECOND);
    int[] sound = stream.record(20 * SECOND);
    assertContinuous(sound, 25, 9);
    assertThat(stream.lagMillis()).isLessThan(60);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void afterMinutesOfABadNetworkAllIsWellAgain(long seed) {
    Stream stream = new Stream(seed);
    boolean[] losing = {false};
    stream.duplicates = 0.3;
    stream.path =
        (_, dice) -> {
          losing[0] = losing[0] ? dice.nextDouble() < 0.7 : dice.nextDouble() < 0.13;
          return losing[0] ? -1 : 10 + dice.nextDouble() * 120;
        };
    stream.record(120 * SECOND);
    stream.path = (_, _) -> 10;
    stream.duplicates = 0;
    stream.record(60 * SECOND);
    int[] sound = stream.record(2 * SECOND);
    assertThat(ToneProbe.snr(sound, 0, sound.length, TONE)).as("seed %d", seed).isGreaterThan(36);
    assertThat(stream.lagMillis()).as("seed %d", seed).isLessThan(25);
    assertThat(stream.buffer.restarts()).as("seed %d", seed).isZero();
  }

  @Test
  void whateverComesFramesGoOn() {
    byte[] payload = new byte[2000];
    int[] frame = new int[160];
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      JitterBuffer buffer = new JitterBuffer(seed);
      long sequence = wild(random);
      long timestamp = wild(random);
      for (int i = 0; i < 2000; i++) {
        sequence += random.nextInt(20) == 0 ? wild(random) : random.nextInt(-2, 4);
        timestamp += random.nextInt(20) == 0 ? wild(random) : random.nextInt(-400, 800);
        if (random.nextBoolean()) {
          buffer.put(
              G711.PCMA, sequence, timestamp, payload, random.nextInt(100), random.nextInt(1200));
        } else if (random.nextInt(10) == 0) {
          buffer.putSilence(sequence, timestamp, payload, 0, random.nextInt(3));
        }
        if (random.nextBoolean()) {
          buffer.read(frame);
        }
        if (random.nextInt(200) == 0) {
          buffer.skip(random.nextInt(1000));
        }
      }
      for (int sample : frame) {
        assertThat(sample).as("seed %d", seed).isBetween(-40_000, 40_000);
      }
    }
  }

  @Test
  void aPacketTooOldForTheBufferIsLateAndHarmsNothing() {
    JitterBuffer buffer = new JitterBuffer(1);
    byte[] payload = new byte[160];
    buffer.put(G711.PCMU, 1000, 160_000, payload, 0, 160);
    buffer.put(G711.PCMU, 960, 160_000 - 40 * 160, payload, 0, 160);
    buffer.put(G711.PCMU, 968, 160_000 - 32 * 160, payload, 0, 160);
    buffer.put(G711.PCMU, 969, 160_000 - 31 * 160, payload, 0, 160);
    assertThat(buffer.late()).isEqualTo(2);
    int[] frame = new int[160];
    for (int i = 0; i < 100; i++) {
      buffer.read(frame);
    }
    // 969 was taken, but by now it is far too old to be played.
    assertThat(buffer.late()).isEqualTo(3);
  }

  private static long wild(SplittableRandom random) {
    return random.nextLong() >> random.nextInt(16, 64);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-200, 200})
  void eightHoursOfDriftAreNeverHeard(double ppm) {
    Stream stream = new Stream(10);
    stream.ppm = ppm;
    stream.path = (_, dice) -> 10 + dice.nextDouble() * 2;
    stream.record(SECOND);
    long[] weakest = {Long.MAX_VALUE};
    long whole = energy(stream.record(1));
    List<Double> snr = new ArrayList<>();
    for (int minute = 0; minute < 8 * 60; minute++) {
      stream.run(58 * SECOND, frame -> weakest[0] = Math.min(weakest[0], energy(frame)));
      int[] heard = stream.record(2 * SECOND);
      snr.add(ToneProbe.snr(heard, 0, 1600, TONE));
      assertThat(stream.lagMillis()).isBetween(-1.0, 70.0);
    }
    Collections.sort(snr);
    assertThat(snr.getFirst()).isGreaterThan(36);
    assertThat(weakest[0]).isGreaterThan(whole * 7 / 10);
    // The clocks part by 288 frames in that time; nearly all are taken up where nobody notices.
    assertThat(stream.buffer.concealedFrames()).isLessThan(200);
    assertThat(stream.buffer.restarts()).isZero();
  }

  private static long energy(int[] frame) {
    long energy = 0;
    for (int sample : frame) {
      energy += (long) sample * sample;
    }
    return energy;
  }

  /// In nearly all stretches of 100 ms the tone stands out by `snr` dB.
  private static void assertContinuous(int[] sound, double snr, long seed) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i + 800 <= sound.length; i += 800) {
      all.add(ToneProbe.snr(sound, i, 800, TONE));
    }
    Collections.sort(all);
    assertThat(all.get(all.size() / 20))
        .as("seed %d, 5th percentile of SNR of %s", seed, all)
        .isGreaterThan(snr);
  }
}
