package io.tipring.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.edge.rtp.LetterBox.Letter;
import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand.Change;
import io.tipring.media.spec.MediaCommand.Close;
import io.tipring.media.spec.MediaCommand.Echo;
import io.tipring.media.spec.MediaCommand.Move;
import io.tipring.media.spec.MediaCommand.Open;
import io.tipring.media.spec.MediaCommand.Play;
import io.tipring.media.spec.MediaCommand.SendDigits;
import io.tipring.media.spec.MediaCommand.Stop;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.Closed;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.MediaEvent.Finished;
import io.tipring.media.spec.MediaPlane.Family;
import io.tipring.media.spec.MediaPlane.Reservation;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.PeerAddress;
import io.tipring.media.spec.Source;
import io.tipring.media.worker.WorkerSettings;
import io.tipring.wire.rtp.RtpCheck;
import io.tipring.wire.rtp.RtpPacket;
import io.tipring.wire.rtp.TelephoneEvent;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneMediaPlaneTest {
  private static final InetSocketAddress PEER = LetterBox.address("192.0.2.10", 4000);

  private final ManualLane lane = new ManualLane();
  private final PostOffice office = new PostOffice();
  private final List<MediaEvent> events = new ArrayList<>();
  private final Random random = new Random(11);
  private final LaneMediaPlane plane =
      new LaneMediaPlane(
          lane,
          new MediaPlaneSettings(
              2,
              new PortSettings(20_000, 20_019, 2, 5_000, List.of(Family.IPV4, Family.IPV6)),
              RtpSettings.STANDARD,
              WorkerSettings.STANDARD),
          office,
          random::nextBytes,
          nanos -> nanos / 1_000_000,
          events::add);

  private static MediaSpec spec() {
    return new MediaSpec(
        Encoding.PCMU,
        0,
        OptionalInt.of(101),
        20,
        Direction.SEND_RECEIVE,
        false,
        new PeerAddress("192.0.2.10", 4000, 4001));
  }

  private LetterBox open(String leg) {
    Reservation reservation = plane.reserve(leg, Family.IPV4).orElseThrow();
    plane.tell(new Open(leg, spec()));
    return office.open(reservation.rtpPort()).orElseThrow();
  }

  private static RtpPacket read(Letter letter) {
    RtpPacket packet = new RtpPacket();
    assertThat(packet.wrap(letter.bytes(), 0, letter.bytes().length)).isEqualTo(RtpCheck.VALID);
    return packet;
  }

  @Test
  void aToneThatIsEchoedComesBack() {
    LetterBox box = open("leg_1");
    plane.tell(new Echo("leg_1", "op_1"));
    Tone tone = new Tone();
    for (int i = 0; i < 150; i++) {
      byte[] packet = new byte[172];
      RtpPacket.writeHeader(packet, 0, i == 0, 0, 65_530 + i, -1000 + 160 * i, 7);
      System.arraycopy(tone.frame(1000), 0, packet, 12, 160);
      box.put(PEER, packet);
      lane.runFor(20);
    }
    for (Letter letter : box.sent) {
      RtpPacket packet = read(letter);
      tone.hear(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
    }
    assertThat(tone.frames()).isBetween(149, 151);
    assertThat(Tone.share(tone.last(100), 1000)).isGreaterThan(0.98);
    assertThat(Tone.level(tone.last(100))).isBetween(4_500.0, 5_500.0);
    plane.tell(new Close("leg_1"));
    lane.runFor(1);
    assertThat(events.get(0)).isEqualTo(new Finished("leg_1", "op_1", Ending.GONE));
    assertThat(((Closed) events.get(1)).stats().receivedPackets()).isEqualTo(150);
    assertThat(((Closed) events.get(1)).stats().lost()).isZero();
  }

  @Test
  void aMoveLeavesNoGapInSequenceTimestampOrTone() {
    LetterBox box = open("leg_1");
    plane.tell(new Play("leg_1", "op_1", new Source.Tone(1000, -10), true));
    List<Long> sentAt = new ArrayList<>();
    for (int millis = 0; millis < 4_000; millis++) {
      int before = box.sent.size();
      lane.runFor(1);
      for (int i = before; i < box.sent.size(); i++) {
        sentAt.add(lane.nowNanos());
      }
      if (millis % 333 == 332) {
        plane.tell(new Move("leg_1", millis / 333 % 2 == 0 ? 1 : 0));
      }
    }
    Tone tone = new Tone();
    for (int i = 0; i < box.sent.size(); i++) {
      RtpPacket packet = read(box.sent.get(i));
      assertThat(packet.ssrc()).isEqualTo(read(box.sent.getFirst()).ssrc());
      assertThat(packet.sequence()).isEqualTo(read(box.sent.getFirst()).sequence() + i & 0xffff);
      assertThat(packet.timestamp()).isEqualTo(read(box.sent.getFirst()).timestamp() + 160 * i);
      tone.hear(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
      if (i > 0) {
        assertThat(sentAt.get(i) - sentAt.get(i - 1))
            .as("packet %d", i)
            .isLessThanOrEqualTo(40_000_000L);
      }
    }
    assertThat(tone.frames()).isGreaterThan(180);
    assertThat(Tone.worstBreak(tone.last(tone.frames() - 1), 1000)).isLessThan(0.2);
  }

  @Test
  void commandsAfterAMoveAreDoneInOrderByTheNewWorker() {
    open("leg_1");
    lane.runFor(100);
    plane.tell(new Move("leg_1", 1));
    plane.tell(new Play("leg_1", "op_1", new Source.Tone(1000, -10), true));
    plane.tell(new Stop("leg_1", "op_1"));
    plane.tell(new Move("leg_1", 0));
    plane.tell(new Echo("leg_1", "op_2"));
    plane.tell(new Move("leg_1", 1));
    plane.tell(new Close("leg_1"));
    lane.runFor(100);
    assertThat(events).hasSize(3);
    assertThat(events.get(0)).isEqualTo(new Finished("leg_1", "op_1", Ending.STOPPED));
    assertThat(events.get(1)).isEqualTo(new Finished("leg_1", "op_2", Ending.GONE));
    assertThat(events.get(2)).isInstanceOf(Closed.class);
    assertThat(lane.isQuiet()).isTrue();
  }

  @Test
  void keysAreHeardOverAMove() {
    LetterBox box = open("leg_1");
    byte[] packet = new byte[16];
    for (int i = 0; i < 10; i++) {
      RtpPacket.writeHeader(packet, 0, i == 0, 101, i, 160, 7);
      TelephoneEvent.write(packet, 12, 7, i > 6, 10, 160 * Math.min(i + 1, 8));
      box.put(PEER, packet.clone());
      lane.runFor(20);
      if (i == 4) {
        plane.tell(new Move("leg_1", 1));
      }
    }
    lane.runFor(1000);
    assertThat(events)
        .containsExactly(
            new MediaEvent.DigitBegan("leg_1", '7', MediaEvent.DigitMethod.RTP_EVENT),
            new MediaEvent.Digit("leg_1", '7', MediaEvent.DigitMethod.RTP_EVENT, 160));
  }

  @Test
  void reservingTwiceGivesTheSamePorts() {
    assertThat(plane.reserve("leg_1", Family.IPV4)).isEqualTo(plane.reserve("leg_1", Family.IPV4));
    assertThat(plane.ports().inUse()).isEqualTo(1);
  }

  @Test
  void aReservationThatIsNeverOpenedIsGivenBack() {
    plane.reserve("leg_1", Family.IPV6);
    plane.tell(new Move("leg_1", 1));
    plane.tell(new Close("leg_1"));
    assertThat(events).containsExactly(new Closed("leg_1", MediaStats.NONE));
    assertThat(plane.ports().inUse()).isZero();
    assertThat(lane.isQuiet()).isTrue();
  }

  @Test
  void aLegThatIsUnknownOrGoneAnswersGone() {
    plane.tell(new Play("leg_x", "op_1", new Source.Tone(1000, -10), true));
    plane.tell(new Echo("leg_x", "op_2"));
    plane.tell(new SendDigits("leg_x", "op_3", "1", 100, 100));
    plane.tell(new Change("leg_x", spec()));
    plane.tell(new Stop("leg_x", "op_1"));
    plane.tell(new Close("leg_x"));
    plane.tell(new Move("leg_x", 1));
    plane.tell(new Open("leg_x", spec()));
    lane.runFor(100);
    assertThat(events)
        .containsExactly(
            new Finished("leg_x", "op_1", Ending.GONE),
            new Finished("leg_x", "op_2", Ending.GONE),
            new Finished("leg_x", "op_3", Ending.GONE),
            new Closed("leg_x", MediaStats.NONE));
  }

  @Test
  void aWorkerThatIsNotThereIsRefused() {
    open("leg_1");
    assertThatThrownBy(() -> plane.tell(new Move("leg_1", 2)))
        .hasMessageContaining("no media worker 2");
  }

  @Test
  void aPeerThatIsNoAddressClosesTheLeg() {
    plane.reserve("leg_1", Family.IPV4);
    MediaSpec named =
        new MediaSpec(
            Encoding.PCMU,
            0,
            OptionalInt.empty(),
            20,
            Direction.SEND_RECEIVE,
            false,
            new PeerAddress("phone.example", 4000, 4001));
    plane.tell(new Open("leg_1", named));
    lane.runFor(100);
    assertThat(events).containsExactly(new Closed("leg_1", MediaStats.NONE));
    assertThat(plane.ports().inUse()).isZero();
  }

  @Test
  void withoutLegsNoAlarmIsSet() {
    open("leg_1");
    lane.runFor(1000);
    assertThat(lane.isQuiet()).isFalse();
    plane.tell(new Close("leg_1"));
    lane.runFor(100);
    assertThat(lane.isQuiet()).isTrue();
  }

  @Test
  void aPortRestsFiveSecondsAfterItsLeg() {
    List<Integer> used = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Reservation reservation = plane.reserve("leg_" + i, Family.IPV4).orElseThrow();
      assertThat(used).doesNotContain(reservation.rtpPort());
      used.add(reservation.rtpPort());
      plane.tell(new Close("leg_" + i));
      if (used.size() > 6) {
        break;
      }
    }
    lane.runFor(5_100);
    plane.reserve("a", Family.IPV4);
    lane.runFor(1_000);
    for (int i = 0; i < 7; i++) {
      assertThat(plane.reserve("again_" + i, Family.IPV4)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whateverIsAskedEverythingEndsOnceAndNoPortIsLost(long seed) {
    RandomCommands commands =
        new RandomCommands(seed, plane, 2, new PeerAddress("192.0.2.10", 4000, 4001));
    Random pauses = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      commands.step();
      if (pauses.nextInt(3) == 0) {
        lane.runFor(pauses.nextInt(200));
      }
    }
    commands.closeAll();
    lane.runFor(100);
    commands.check(events, "seed " + seed);
    assertThat(commands.legs()).isGreaterThan(50);
    assertThat(plane.ports().inUse()).isZero();
    assertThat(lane.isQuiet()).isTrue();
  }
}
