package io.tipring.media.worker;

import static io.tipring.media.worker.Workbench.PCMU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tipring.media.ToneProbe;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigitsTest {
  private final Workbench bench = new Workbench();

  @Test
  void aKeyIsOneEventWhoseEndIsSentThreeTimes() {
    FakePacketIo peer = bench.openLeg("a");
    bench.run(100);
    press("d", "5", 100, 100);
    bench.run(400);
    assertThat(peer.events).extracting(FakePacketIo.Event::key).containsOnly('5');
    assertThat(peer.events)
        .extracting(FakePacketIo.Event::duration)
        .containsExactly(160, 320, 480, 640, 800, 800, 800);
    assertThat(peer.events)
        .extracting(FakePacketIo.Event::end)
        .containsExactly(false, false, false, false, true, true, true);
    assertThat(peer.events)
        .extracting(FakePacketIo.Event::marker)
        .containsExactly(true, false, false, false, false, false, false);
    assertThat(peer.events).extracting(FakePacketIo.Event::sampleTime).containsOnly(800L);
  }

  @Test
  void aDurationBetweenTwoFramesIsToldExactly() {
    FakePacketIo peer = bench.openLeg("a");
    press("d", "#", 70, 60);
    bench.run(300);
    assertThat(peer.events)
        .extracting(FakePacketIo.Event::duration)
        .containsExactly(160, 320, 480, 560, 560, 560);
  }

  @Test
  void duringAnEventNoSoundIsSentAndAfterwardsTimeHasGoneOn() {
    FakePacketIo peer = bench.openLeg("a");
    bench.play("a", "tone", new Source.Tone(1000, -10));
    bench.run(100);
    press("d", "5", 100, 100);
    bench.run(400);
    List<Long> times = peer.audio.stream().map(FakePacketIo.Audio::sampleTime).toList();
    assertThat(times).startsWith(0L, 160L, 320L, 480L, 640L, 800L + 7 * 160);
    assertThat(peer.audio.get(5).marker()).isTrue();
    assertThat(peer.audio.get(6).marker()).isFalse();
  }

  @Test
  void playingWaitsForKeysAndLosesNothing() {
    FakePacketIo peer = bench.openLeg("a", Workbench.withoutEvents(PCMU));
    bench.play("a", "tone", new Source.Tone(500, -10));
    bench.run(100);
    press("d", "1", 100, 100);
    bench.run(400);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(ToneProbe.level(sound, 800, 800, 500)).isLessThan(-40);
    assertThat(ToneProbe.level(sound, 800, 800, 697)).isCloseTo(-9, within(0.5));
    assertThat(ToneProbe.level(sound, 800, 800, 1209)).isCloseTo(-7, within(0.5));
    assertThat(ToneProbe.level(sound, 1600, 800)).isLessThan(-100);
    assertThat(ToneProbe.level(sound, 2400, 1600, 500)).isCloseTo(-10, within(0.1));
  }

  @Test
  void digitsAreSentInOrderWithTheirGapsAndPausesAndFinishOnce() {
    FakePacketIo peer = bench.openLeg("a");
    press("one", "1,2", 100, 100);
    press("two", "a", 100, 100);
    bench.run(2000);
    List<FakePacketIo.Event> ends =
        peer.events.stream().filter(FakePacketIo.Event::marker).toList();
    assertThat(ends).extracting(FakePacketIo.Event::key).containsExactly('1', '2', 'a');
    assertThat(ends)
        .extracting(FakePacketIo.Event::sampleTime)
        .containsExactly(0L, 1600L + 4000, 1600L + 4000 + 1600);
    assertThat(bench.finished())
        .containsExactly(
            new MediaEvent.Finished("a", "one", Ending.COMPLETED),
            new MediaEvent.Finished("a", "two", Ending.COMPLETED));
  }

  @Test
  void aKeyThatIsStoppedIsLetGoProperly() {
    FakePacketIo peer = bench.openLeg("a");
    press("d", "123", 1000, 100);
    bench.run(60);
    bench.tell(new MediaCommand.Stop("a", "d"));
    bench.run(1000);
    assertThat(peer.events).extracting(FakePacketIo.Event::key).containsOnly('1');
    assertThat(peer.events).filteredOn(FakePacketIo.Event::end).hasSize(3);
    assertThat(bench.finished()).containsExactly(new MediaEvent.Finished("a", "d", Ending.STOPPED));
    press("e", "4", 100, 100);
    bench.run(400);
    assertThat(bench.finished()).hasSize(2);
  }

  @Test
  void digitsThatWaitCanBeStopped() {
    bench.openLeg("a");
    press("one", "1", 100, 100);
    press("two", "2", 100, 100);
    bench.tell(new MediaCommand.Stop("a", "two"));
    bench.run(1000);
    assertThat(bench.finished())
        .containsExactly(
            new MediaEvent.Finished("a", "two", Ending.STOPPED),
            new MediaEvent.Finished("a", "one", Ending.COMPLETED));
  }

  @Test
  void whatIsNotAKeyIsPassedOverAndNoDigitsAtAllFinishAtOnce() {
    FakePacketIo peer = bench.openLeg("a");
    press("none", "", 100, 100);
    press("odd", " 7x", 100, 100);
    bench.run(500);
    assertThat(peer.events).extracting(FakePacketIo.Event::key).containsOnly('7');
    assertThat(bench.finished()).hasSize(2);
  }

  @Test
  void tooManyCommandsAreTurnedAway() {
    bench.openLeg("a");
    for (int i = 0; i < 100; i++) {
      press("d" + i, "1", 100, 100);
      bench.play("a", "p" + i, new Source.Tone(440, -10));
      bench.tell(new MediaCommand.Echo("a", "e" + i));
    }
    long turnedAway = bench.finished().size();
    assertThat(turnedAway).isEqualTo(300 - 32 - 64 - 32);
    bench.tell(new MediaCommand.Close("a"));
    assertThat(bench.finished()).hasSize(300).doesNotHaveDuplicates();
  }

  @Test
  void anAnswerThatTakesEventsAwayEndsOneInTheMiddle() {
    FakePacketIo peer = bench.openLeg("a");
    press("d", "12", 100, 100);
    bench.run(40);
    bench.tell(new MediaCommand.Change("a", Workbench.withoutEvents(PCMU)));
    bench.run(1000);
    assertThat(peer.events).hasSize(2);
    assertThat(bench.finished())
        .containsExactly(new MediaEvent.Finished("a", "d", Ending.COMPLETED));
  }

  @Test
  void aKeyThatThePeerDidNotListGoesAsSoundAndTheOthersAsEvents() {
    MediaSpec ten =
        new MediaSpec(
            PCMU.encoding(),
            PCMU.payloadType(),
            PCMU.telephoneEvents(),
            "0123456789",
            PCMU.packetMillis(),
            PCMU.direction(),
            false,
            PCMU.peer());
    FakePacketIo peer = bench.openLeg("a", ten);
    press("d", "#5", 100, 100);
    bench.run(600);
    assertThat(peer.events).extracting(FakePacketIo.Event::key).containsOnly('5');
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(ToneProbe.level(sound, 0, 800, 941)).isCloseTo(-9, within(0.5));
    assertThat(ToneProbe.level(sound, 0, 800, 1477)).isCloseTo(-7, within(0.5));
    assertThat(bench.finished())
        .containsExactly(new MediaEvent.Finished("a", "d", Ending.COMPLETED));
  }

  private void press(String ref, String digits, int tone, int gap) {
    bench.tell(new MediaCommand.SendDigits("a", ref, digits, tone, gap));
  }
}
