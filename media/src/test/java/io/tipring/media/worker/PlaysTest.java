package io.tipring.media.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.MediaEvent.Finished;
import io.tipring.media.spec.Pcm;
import io.tipring.media.spec.Source;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What is played begins where it is asked to, ends when it is asked to, and says how much was
/// heard.
class PlaysTest {
  private static final int PEAK = 16_000;

  /// The largest step of mu-law at this height, and then some.
  private static final int GRAIN = 600;

  private final Workbench bench = new Workbench();
  private final FakePacketIo peer = bench.openLeg("a");

  @Test
  void aStopCutsAtTheNextFrameAndFadesInFiveMilliseconds() {
    bench.play("a", "one", new Source.Clip("level", steady(8000)));
    bench.run(100);
    stop("one");
    bench.run(100);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(sound[799]).isGreaterThan(PEAK - GRAIN);
    assertThat(Arrays.copyOfRange(sound, 840, 1600)).containsOnly(0);
    assertThat(biggestStep(sound, 100)).isLessThan(PEAK / 40 + GRAIN);
    assertThat(bench.finished()).containsExactly(new Finished("a", "one", Ending.STOPPED, 100));
  }

  @Test
  void whatLoopsFadesOverItsSeam() {
    bench.tell(
        new MediaCommand.Play("a", "one", new Source.Clip("level", steady(8 * 20 + 3)), true));
    bench.run(20);
    stop("one");
    bench.run(40);
    assertThat(biggestStep(peer.sound(Encoding.PCMU), 100)).isLessThan(PEAK / 40 + GRAIN);
  }

  @Test
  void whatWaitsBeginsWithTheFrameInWhichTheOneBeforeFades() {
    bench.play("a", "one", new Source.Clip("level", steady(8000)));
    bench.play("a", "two", new Source.Clip("level", steady(800)));
    bench.run(60);
    stop("one");
    bench.run(200);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(sound[480 + 799]).isGreaterThan(PEAK - GRAIN);
    assertThat(sound[480 + 800]).isZero();
    assertThat(bench.finished())
        .containsExactly(
            new Finished("a", "one", Ending.STOPPED, 60),
            new Finished("a", "two", Ending.COMPLETED, 100));
  }

  @Test
  void whatWasNotHeardYetDoesNotFade() {
    bench.play("a", "one", new Source.Clip("level", steady(8000)));
    stop("one");
    bench.run(40);
    assertThat(peer.sound(Encoding.PCMU)).containsOnly(0);
    assertThat(bench.finished()).containsExactly(new Finished("a", "one", Ending.STOPPED, 0));
  }

  @Test
  void whatWaitsBehindKeysIsNotHeardWhenItIsStopped() {
    bench.play("a", "one", new Source.Clip("level", steady(8000)));
    bench.run(20);
    bench.tell(new MediaCommand.SendDigits("a", "keys", "1", 100, 100));
    bench.run(100);
    stop("one");
    bench.run(400);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(Arrays.copyOfRange(sound, 160, sound.length)).containsOnly(0);
  }

  @Test
  void aSilenceLastsAsLongAsItSaysBetweenTwoSounds() {
    bench.play("a", "one", new Source.Clip("level", steady(100)));
    bench.play("a", "quiet", new Source.Silence(30));
    bench.play("a", "none", new Source.Silence(0));
    bench.play("a", "two", new Source.Clip("level", steady(100)));
    bench.run(100);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(sound[99]).isGreaterThan(PEAK - GRAIN);
    assertThat(Arrays.copyOfRange(sound, 100, 340)).containsOnly(0);
    assertThat(Arrays.copyOfRange(sound, 340, 440)).doesNotContain(0);
    assertThat(bench.finished())
        .containsExactly(
            new Finished("a", "one", Ending.COMPLETED, 12),
            new Finished("a", "quiet", Ending.COMPLETED, 30),
            new Finished("a", "none", Ending.COMPLETED, 0),
            new Finished("a", "two", Ending.COMPLETED, 12));
  }

  @Test
  void aClipBeginsAndLoopsWhereItIsAskedTo() {
    int[] samples = new int[480];
    Arrays.fill(samples, 160, 320, PEAK);
    Arrays.fill(samples, 320, 480, -PEAK);
    Source.Clip clip = new Source.Clip("two levels", Pcm.copyOf(samples, 480), 160);
    bench.tell(new MediaCommand.Play("a", "loop", clip, true));
    bench.run(160);
    int[] sound = peer.sound(Encoding.PCMU);
    for (int i = 0; i < sound.length; i++) {
      assertThat(sound[i] > 0).as("sample %d", i).isEqualTo(i / 160 % 2 == 0);
    }
  }

  @Test
  void beyondItsEndAClipHasNothingToPlay() {
    bench.play("a", "late", new Source.Clip("level", steady(100), 101));
    bench.run(20);
    assertThat(bench.finished()).containsExactly(new Finished("a", "late", Ending.COMPLETED, 0));
    assertThatThrownBy(() -> new Source.Clip("level", steady(100), -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onHoldNothingCountsAsPlayed() {
    bench.play("a", "one", new Source.Clip("level", steady(8 * 200)));
    bench.run(100);
    bench.tell(new MediaCommand.Change("a", Workbench.spec(Encoding.PCMU, Direction.INACTIVE)));
    bench.run(200);
    assertThat(bench.finished()).containsExactly(new Finished("a", "one", Ending.COMPLETED, 100));
  }

  private void stop(String ref) {
    bench.tell(new MediaCommand.Stop("a", ref));
  }

  /// One level, as loud as speech gets: every cut in it is a click.
  private static Pcm steady(int samples) {
    int[] level = new int[samples];
    Arrays.fill(level, PEAK);
    return Pcm.copyOf(level, samples);
  }

  private static int biggestStep(int[] sound, int from) {
    int biggest = 0;
    for (int i = from; i < sound.length; i++) {
      biggest = Math.max(biggest, Math.abs(sound[i] - sound[i - 1]));
    }
    return biggest;
  }
}
