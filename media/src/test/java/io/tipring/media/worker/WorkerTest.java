package io.tipring.media.worker;

import static io.tipring.media.worker.Workbench.MILLI;
import static io.tipring.media.worker.Workbench.PCMU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.media.ToneProbe;
import io.tipring.media.codec.Codec;
import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.Pcm;
import io.tipring.media.spec.Source;
import io.tipring.media.tone.DtmfGenerator;
import io.tipring.media.tone.Oscillator;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private final Workbench bench = new Workbench();

  @Test
  void aPacketOfSilenceGoesOutEveryTwentyMillisecondsWhenThereIsNothingToSay() {
    FakePacketIo peer = bench.openLeg("a");
    bench.run(200);
    assertThat(peer.audio).hasSize(10);
    assertThat(peer.audio).extracting(FakePacketIo.Audio::sampleTime).startsWith(0L, 160L, 320L);
    assertThat(peer.audio.getFirst().marker()).isTrue();
    assertThat(peer.audio.get(1).marker()).isFalse();
    assertThat(peer.sound(Encoding.PCMU)).containsOnly(0);
  }

  @Test
  void aToneIsHeardAtItsLevelUntilItIsStopped() {
    FakePacketIo peer = bench.openLeg("a");
    bench.play("a", "op1", new Source.Tone(1000, -10));
    bench.run(1000);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(ToneProbe.level(sound, 0, 8000, 1000)).isBetween(-10.1, -9.9);
    assertThat(ToneProbe.snr(sound, 0, 8000, 1000)).isGreaterThan(36);
    assertThat(bench.events).isEmpty();
    bench.tell(new MediaCommand.Stop("a", "op1"));
    bench.tell(new MediaCommand.Stop("a", "op1"));
    assertThat(bench.events)
        .containsExactly(new MediaEvent.Finished("a", "op1", Ending.STOPPED, 1000));
    bench.run(100);
    assertThat(ToneProbe.level(peer.sound(Encoding.PCMU), 8040, 760)).isLessThan(-100);
  }

  @Test
  void playsFollowEachOtherWithoutAGapAndEachFinishesOnce() {
    FakePacketIo peer = bench.openLeg("a");
    bench.play("a", "one", clip(440, 1000));
    bench.play("a", "two", clip(620, 1000));
    bench.run(300);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(ToneProbe.level(sound, 0, 1000, 440)).isGreaterThan(-10.5);
    assertThat(ToneProbe.level(sound, 1000, 1000, 620)).isGreaterThan(-10.5);
    assertThat(ToneProbe.level(sound, 2000, 400)).isLessThan(-100);
    assertThat(bench.finished())
        .containsExactly(
            new MediaEvent.Finished("a", "one", Ending.COMPLETED, 125),
            new MediaEvent.Finished("a", "two", Ending.COMPLETED, 125));
  }

  @Test
  void whatPlaysForEverBeginsAnewAndAnEmptyClipDoesNotHangTheWorker() {
    FakePacketIo peer = bench.openLeg("a");
    bench.tell(
        new MediaCommand.Play(
            "a", "empty", new Source.Clip("empty", Pcm.copyOf(new int[0], 0)), true));
    bench.tell(new MediaCommand.Play("a", "loop", clip(500, 400), true));
    bench.run(1000);
    assertThat(bench.finished())
        .containsExactly(new MediaEvent.Finished("a", "empty", Ending.COMPLETED));
    assertThat(ToneProbe.snr(peer.sound(Encoding.PCMU), 0, 8000, 500)).isGreaterThan(35);
  }

  @Test
  void echoSendsTheLegItsOwnSound() {
    FakePacketIo peer = bench.openLeg("a");
    bench.tell(new MediaCommand.Echo("a", "echo"));
    bench.runWhileSending(peer, new Oscillator(700, -12), 100, 65_530, (1L << 32) - 400);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(ToneProbe.level(sound, 4000, 8000, 700)).isBetween(-12.1, -11.9);
    assertThat(ToneProbe.snr(sound, 4000, 2000, 700)).isGreaterThan(33);
    bench.tell(new MediaCommand.Stop("a", "echo"));
    assertThat(bench.finished())
        .containsExactly(new MediaEvent.Finished("a", "echo", Ending.STOPPED));
  }

  @Test
  void echoComesBackWithTheNextFrameButOne() {
    FakePacketIo peer = bench.openLeg("a");
    bench.tell(new MediaCommand.Echo("a", "echo"));
    bench.runWhileSending(peer, new Oscillator(700, -12), 20, 7, 0);
    int[] sound = peer.sound(Encoding.PCMU);
    assertThat(ToneProbe.level(sound, 0, 160)).isLessThan(-60);
    assertThat(ToneProbe.level(sound, 160, 160)).isGreaterThan(-14);
  }

  @Test
  void closingEndsEverythingOnceAndClosedIsTheLastWord() {
    FakePacketIo peer = bench.openLeg("a");
    bench.play("a", "one", new Source.Tone(440, -10));
    bench.play("a", "two", new Source.Tone(440, -10));
    bench.tell(new MediaCommand.Echo("a", "echo"));
    bench.tell(new MediaCommand.SendDigits("a", "keys", "12", 100, 100));
    bench.tell(new MediaCommand.SendDigits("a", "more", "12", 100, 100));
    bench.run(40);
    bench.tell(new MediaCommand.Close("a"));
    bench.tell(new MediaCommand.Close("a"));
    bench.tell(new MediaCommand.Stop("a", "one"));
    assertThat(bench.events).hasSize(6);
    assertThat(bench.finished()).extracting(MediaEvent.Finished::ending).containsOnly(Ending.GONE);
    assertThat(bench.finished())
        .extracting(MediaEvent.Finished::ref)
        .containsOnlyOnce("one", "two", "echo", "keys", "more");
    assertThat(bench.events.getLast()).isInstanceOf(MediaEvent.Closed.class);
    assertThat(peer.closed).isTrue();
    bench.run(100);
    assertThat(bench.events).hasSize(6);
  }

  @Test
  void whatAnUnknownLegIsAskedIsGone() {
    bench.play("x", "p", new Source.Tone(440, -10));
    bench.tell(new MediaCommand.Echo("x", "e"));
    bench.tell(new MediaCommand.SendDigits("x", "d", "1", 100, 100));
    bench.tell(new MediaCommand.Stop("x", "p"));
    bench.tell(new MediaCommand.Change("x", PCMU));
    assertThat(bench.events)
        .containsExactly(
            new MediaEvent.Finished("x", "p", Ending.GONE),
            new MediaEvent.Finished("x", "e", Ending.GONE),
            new MediaEvent.Finished("x", "d", Ending.GONE));
  }

  @Test
  void aLegWhosePortIsGoneClosesAtOnce() {
    bench.tell(new MediaCommand.Open("no-port", PCMU));
    assertThat(bench.events).containsExactly(new MediaEvent.Closed("no-port", MediaStats.NONE));
  }

  @Test
  void onHoldNothingIsSentTimeGoesOnAndPlaysComeToTheirEnd() {
    FakePacketIo peer = bench.openLeg("a");
    bench.run(100);
    bench.tell(new MediaCommand.Change("a", Workbench.spec(Encoding.PCMU, Direction.INACTIVE)));
    bench.play("a", "p", clip(440, 800));
    bench.run(200);
    assertThat(peer.audio).hasSize(5);
    assertThat(bench.finished())
        .containsExactly(new MediaEvent.Finished("a", "p", Ending.COMPLETED));
    bench.tell(new MediaCommand.Change("a", PCMU));
    bench.run(20);
    assertThat(peer.audio.getLast().sampleTime()).isEqualTo(15 * 160);
    assertThat(peer.audio.getLast().marker()).isTrue();
    assertThat(peer.changes).hasSize(2);
  }

  @Test
  void anotherCodecTakesOverInTheMiddleWithoutABreakOfTime() {
    FakePacketIo peer = bench.openLeg("a");
    bench.play("a", "p", new Source.Tone(1000, -10));
    bench.run(100);
    bench.tell(new MediaCommand.Change("a", Workbench.spec(Encoding.PCMA, Direction.SEND_RECEIVE)));
    bench.run(100);
    assertThat(peer.audio)
        .extracting(FakePacketIo.Audio::payloadType)
        .containsExactly(0, 0, 0, 0, 0, 8, 8, 8, 8, 8);
    assertThat(peer.audio.get(5).sampleTime()).isEqualTo(800);
  }

  @Test
  void packetsAreAsLongAsAgreed() {
    FakePacketIo ten = bench.openLeg("ten", Workbench.packets(PCMU, 10));
    FakePacketIo thirty = bench.openLeg("thirty", Workbench.packets(PCMU, 30));
    FakePacketIo sixty = bench.openLeg("sixty", Workbench.packets(PCMU, 60));
    bench.run(600);
    assertThat(ten.audio).hasSize(60).extracting(p -> p.payload().length).containsOnly(80);
    assertThat(thirty.audio).hasSize(20).extracting(p -> p.payload().length).containsOnly(240);
    assertThat(sixty.audio).hasSize(10).extracting(p -> p.payload().length).containsOnly(480);
    assertThat(ten.audio.get(3).sampleTime()).isEqualTo(240);
    assertThat(thirty.audio.get(3).sampleTime()).isEqualTo(720);
  }

  @Test
  void aKeyIsReportedAsItCame() {
    FakePacketIo peer = bench.openLeg("a");
    peer.keys.add(new FakePacketIo.Key('5', 120));
    bench.run(20);
    assertThat(bench.events)
        .containsExactly(
            new MediaEvent.DigitBegan("a", '5', MediaEvent.DigitMethod.RTP_EVENT),
            new MediaEvent.Digit("a", '5', MediaEvent.DigitMethod.RTP_EVENT, 120));
  }

  @Test
  void aKeyInTheSoundIsHeardWhenAskedForUnlessThePeerSendsEvents() {
    MediaSpec listening =
        new MediaSpec(
            Encoding.PCMU, 0, OptionalInt.empty(), 20, Direction.SEND_RECEIVE, true, PCMU.peer());
    FakePacketIo peer = bench.openLeg("a", listening);
    FakePacketIo deaf = bench.openLeg("b");
    pressInBand(peer, '7', 0);
    pressInBand(deaf, '7', 0);
    assertThat(bench.events).hasSize(2);
    assertThat(bench.events.getFirst())
        .isEqualTo(new MediaEvent.DigitBegan("a", '7', MediaEvent.DigitMethod.IN_BAND));
    MediaEvent.Digit digit = (MediaEvent.Digit) bench.events.getLast();
    assertThat(digit.leg()).isEqualTo("a");
    assertThat(digit.key()).isEqualTo('7');
    assertThat(digit.method()).isEqualTo(MediaEvent.DigitMethod.IN_BAND);
    assertThat(digit.durationMillis()).isBetween(80, 130);
    peer.keys.add(new FakePacketIo.Key('8', 100));
    pressInBand(peer, '8', 15);
    assertThat(bench.events).hasSize(4);
  }

  private void pressInBand(FakePacketIo peer, char key, int sequence) {
    DtmfGenerator generator = new DtmfGenerator();
    generator.press(key);
    int[] sound = new int[15 * 160];
    generator.add(sound, 0, 800);
    for (int i = 0; i < 15; i++) {
      byte[] payload = new byte[160];
      Codec.of(Encoding.PCMU).encode(sound, i * 160, 160, payload, 0);
      peer.arriving.add(
          new FakePacketIo.Audio(
              bench.now, 0, false, sequence + i, 160L * (sequence + i), payload));
      bench.run(20);
    }
  }

  @Test
  void aPeerThatFallsSilentIsReportedOnceEachTime() {
    Workbench impatient =
        new Workbench(new WorkerSettings(1000, 8, 1), Long.MAX_VALUE - 500 * MILLI);
    FakePacketIo peer = impatient.openLeg("a");
    impatient.run(3000);
    assertThat(impatient.events).containsExactly(new MediaEvent.Silent("a", 1000));
    impatient.runWhileSending(peer, new Oscillator(440, -10), 5, 1, 0);
    impatient.run(2000);
    assertThat(impatient.events).hasSize(2);
  }

  @Test
  void aPeerOnHoldIsNotExpectedToSpeak() {
    Workbench impatient = new Workbench(new WorkerSettings(1000, 8, 1), 0);
    impatient.openLeg("a", Workbench.spec(Encoding.PCMU, Direction.SEND_ONLY));
    impatient.run(3000);
    assertThat(impatient.events).isEmpty();
  }

  @Test
  void aShortDelayIsMadeUpForAndALongPauseIsSkipped() {
    FakePacketIo peer = bench.openLeg("a");
    bench.run(100);
    bench.now += 60 * MILLI;
    bench.run(40);
    assertThat(peer.audio).hasSize(10);
    bench.now += 5000 * MILLI;
    bench.run(100);
    assertThat(peer.audio.size()).isBetween(14, 17);
    FakePacketIo.Audio afterwards = peer.audio.get(10);
    assertThat(afterwards.marker()).isTrue();
    assertThat(afterwards.sampleTime()).isEqualTo((200 + 5000) * 8);
  }

  @Test
  void aPipelineMovesToAnotherWorkerWithoutAGap() {
    FakePacketIo peer = bench.openLeg("a");
    bench.play("a", "tone", new Source.Tone(1000, -10));
    bench.run(200);
    bench.tell(new MediaCommand.Move("a", 1));
    Workbench other = new Workbench(WorkerSettings.STANDARD, bench.now);
    other.worker.attach(bench.handovers.getFirst().pipeline(), other.now);
    assertThat(bench.worker.legs()).isZero();
    other.run(200);
    bench.run(200);
    assertThat(peer.audio).hasSize(20);
    assertThat(peer.audio.getLast().sampleTime()).isEqualTo(19 * 160);
    assertThat(ToneProbe.snr(peer.sound(Encoding.PCMU), 0, 3200, 1000)).isGreaterThan(36);
    other.tell(new MediaCommand.Close("a"));
    assertThat(bench.events).isEmpty();
    assertThat(other.events).hasSize(2);
  }

  @Test
  void legsAreSpreadOverTheFourBuckets() {
    for (int i = 0; i < 40; i++) {
      bench.openLeg("leg" + i);
    }
    bench.worker.tick(bench.now);
    long spoke = bench.peers.values().stream().filter(peer -> !peer.audio.isEmpty()).count();
    assertThat(spoke).isBetween(8L, 13L);
    assertThat(bench.worker.wakeAtNanos()).isEqualTo(bench.now + 5 * MILLI);
  }

  @Test
  void aFaultInOneLegEndsThatLegAndNoOther() {
    for (int i = 0; i < 12; i++) {
      bench.openLeg("leg" + i);
    }
    bench.tell(new MediaCommand.Echo("leg4", "echo"));
    bench.run(100);
    bench.peer("leg4").broken = true;
    assertThatThrownBy(() -> bench.run(100)).hasMessage("the network card is on fire");
    bench.run(100);
    assertThat(bench.events)
        .containsExactly(
            new MediaEvent.Finished("leg4", "echo", Ending.GONE),
            new MediaEvent.Closed("leg4", MediaStats.NONE));
    assertThat(bench.worker.legs()).isEqualTo(11);
    bench.peers.forEach(
        (leg, peer) -> assertThat(peer.audio).as(leg).hasSize(leg.equals("leg4") ? 5 : 10));
  }

  @Test
  void anErrorInOneLegEndsThatLegAndNoOtherEither() {
    bench.openLeg("one");
    bench.openLeg("other");
    bench.peer("one").unlinked = true;
    assertThatThrownBy(() -> bench.run(100))
        .hasCauseInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("its driver is gone");
    bench.run(100);
    assertThat(bench.events).containsExactly(new MediaEvent.Closed("one", MediaStats.NONE));
    assertThat(bench.peer("other").audio).isNotEmpty();
  }

  @Test
  void withoutLegsNothingIsDue() {
    assertThat(bench.worker.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
    bench.openLeg("a");
    assertThat(bench.worker.wakeAtNanos()).isEqualTo(bench.now);
    bench.tell(new MediaCommand.Close("a"));
    assertThat(bench.worker.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
  }

  private static Source.Clip clip(int hertz, int samples) {
    int[] sound = new int[samples];
    new Oscillator(hertz, -10).add(sound, 0, samples);
    return new Source.Clip("test", Pcm.copyOf(sound, samples));
  }
}
