package io.tipring.edge.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.core.lane.Randomness;
import io.tipring.edge.rtp.LetterBox.Letter;
import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaPlane.Family;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.PeerAddress;
import io.tipring.media.worker.PacketIo.Arrivals;
import io.tipring.wire.rtp.ReportBlock;
import io.tipring.wire.rtp.RtcpCompound;
import io.tipring.wire.rtp.RtcpCompound.Reading;
import io.tipring.wire.rtp.RtcpPacket;
import io.tipring.wire.rtp.RtcpPacket.Goodbye;
import io.tipring.wire.rtp.RtcpPacket.ReceiverReport;
import io.tipring.wire.rtp.RtcpPacket.SenderInfo;
import io.tipring.wire.rtp.RtcpPacket.SenderReport;
import io.tipring.wire.rtp.RtcpPacket.SourceDescription;
import io.tipring.wire.rtp.RtpCheck;
import io.tipring.wire.rtp.RtpPacket;
import io.tipring.wire.rtp.TelephoneEvent;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpSessionTest {
  private static final InetSocketAddress PEER = LetterBox.address("192.0.2.10", 4000);
  private static final InetSocketAddress PEER_RTCP = LetterBox.address("192.0.2.10", 4001);
  private static final InetSocketAddress STRANGER = LetterBox.address("203.0.113.66", 4000);
  private static final int SSRC = 0xfeedface;
  private static final long FRAME = 20_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private final LetterBox rtp = new LetterBox(20_000);
  private final LetterBox rtcp = new LetterBox(20_001);
  private final List<PortPair> returned = new ArrayList<>();
  private final RtpMeters meters = new RtpMeters();
  private final Sink sink = new Sink();
  private long now = 1;
  private RtpSession session = open(4001);

  private static final class Sink implements Arrivals {
    final List<Long> sequences = new ArrayList<>();
    final List<Long> timestamps = new ArrayList<>();
    final List<String> keys = new ArrayList<>();
    int bytes;

    @Override
    public void audio(
        long nowNanos,
        int payloadType,
        long sequence,
        long timestamp,
        byte[] buffer,
        int offset,
        int length) {
      sequences.add(sequence);
      timestamps.add(timestamp);
      bytes += length;
    }

    @Override
    public void keyBegan(char key) {
      keys.add(key + " down");
    }

    @Override
    public void key(char key, int durationMillis) {
      keys.add(key + ":" + durationMillis);
    }
  }

  private RtpSession open(int peerRtcpPort) {
    Random random = new Random(99);
    Randomness randomness = random::nextBytes;
    return new RtpSession(
        new PortPair(Family.IPV4, rtp, rtcp),
        spec("192.0.2.10", 4000, peerRtcpPort),
        new RtpSession.Surroundings(
            RtpSettings.STANDARD, meters, randomness, nanos -> nanos / 1_000_000, returned::add),
        now);
  }

  private static MediaSpec spec(String host, int rtpPort, int rtcpPort) {
    PeerAddress peer = new PeerAddress(host, rtpPort, rtcpPort);
    return new MediaSpec(
        Encoding.PCMU, 0, OptionalInt.of(101), 20, Direction.SEND_RECEIVE, false, peer);
  }

  private static byte[] packet(
      int ssrc, int payloadType, int sequence, int timestamp, byte[] payload) {
    byte[] bytes = new byte[RtpPacket.HEADER_LENGTH + payload.length];
    RtpPacket.writeHeader(bytes, 0, false, payloadType, sequence, timestamp, ssrc);
    System.arraycopy(payload, 0, bytes, RtpPacket.HEADER_LENGTH, payload.length);
    return bytes;
  }

  /// One frame of the peer's sound, and one turn of ours.
  private int hear(InetSocketAddress source, int ssrc, int sequence, int timestamp) {
    rtp.put(source, packet(ssrc, 0, sequence, timestamp, new byte[160]));
    return turn();
  }

  private int turn() {
    now += FRAME;
    session.tick(now);
    return session.receive(now, sink);
  }

  private RtpPacket sent(int index) {
    RtpPacket packet = new RtpPacket();
    byte[] bytes = rtp.sent.get(index).bytes();
    assertThat(packet.wrap(bytes, 0, bytes.length)).isEqualTo(RtpCheck.VALID);
    return packet;
  }

  private static List<RtcpPacket> read(Letter letter) {
    Reading reading = RtcpCompound.read(letter.bytes(), 0, letter.bytes().length);
    assertThat(reading).isInstanceOf(Reading.Compound.class);
    return ((Reading.Compound) reading).packets();
  }

  @Test
  void whatWeSendCountsUpFromRandomBeginnings() {
    for (int i = 0; i < 3; i++) {
      session.sendAudio(now, 0, i == 0, 160L * i, new byte[160], 160);
    }
    assertThat(rtp.sent).extracting(Letter::address).containsOnly(PEER);
    RtpPacket first = sent(0);
    RtpPacket third = sent(2);
    assertThat(first.marker()).isTrue();
    assertThat(third.marker()).isFalse();
    assertThat(third.sequence()).isEqualTo(first.sequence() + 2);
    assertThat(third.timestamp() - first.timestamp()).isEqualTo(320);
    assertThat(third.ssrc()).isEqualTo(session.ssrc());
    assertThat(first.timestamp()).isNotZero();
    assertThat(first.sequence()).isNotZero();
    assertThat(third.payloadLength()).isEqualTo(160);
  }

  @Test
  void aKeyIsSentWithTheTimestampOfItsBeginning() {
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    session.sendEvent(now, 101, true, 160, '#', 320, false);
    session.sendEvent(now, 101, false, 160, '#', 800, true);
    RtpPacket end = sent(2);
    assertThat(end.timestamp() - sent(0).timestamp()).isEqualTo(160);
    assertThat(end.payloadType()).isEqualTo(101);
    assertThat(TelephoneEvent.event(end.buffer(), end.payloadOffset())).isEqualTo(11);
    assertThat(TelephoneEvent.end(end.buffer(), end.payloadOffset())).isTrue();
    assertThat(TelephoneEvent.duration(end.buffer(), end.payloadOffset())).isEqualTo(800);
  }

  @Test
  void soundArrivesWithExtendedNumbersOverBothWraps() {
    for (int i = 0; i < 20; i++) {
      assertThat(hear(PEER, SSRC, 65_530 + i, -800 + 160 * i)).isEqualTo(1);
    }
    assertThat(sink.sequences.getFirst()).isEqualTo(65_530);
    assertThat(sink.sequences.getLast()).isEqualTo(65_549);
    assertThat(sink.timestamps.getLast() - sink.timestamps.getFirst()).isEqualTo(19 * 160);
    assertThat(sink.bytes).isEqualTo(20 * 160);
    assertThat(session.stats()).isEqualTo(new MediaStats(0, 20, 0, 0, 0, 0));
  }

  @Test
  void aStrangersPacketsAreDroppedAndCounted() {
    hear(PEER, SSRC, 1, 160);
    for (int i = 0; i < 10; i++) {
      assertThat(hear(STRANGER, SSRC, 2 + i, 160)).isZero();
    }
    assertThat(session.stats().foreign()).isEqualTo(10);
    assertThat(meters.foreign.sum()).isEqualTo(10);
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    assertThat(rtp.sent.getLast().address()).isEqualTo(PEER);
  }

  @Test
  void weSendToWhereThePeerReallyIs() {
    InetSocketAddress nat = LetterBox.address("198.51.100.7", 61_000);
    for (int i = 0; i < 4; i++) {
      hear(nat, SSRC, i, 160 * i);
    }
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    assertThat(rtp.sent.getLast().address()).isEqualTo(nat);
  }

  @Test
  void anotherSsrcIsSplicedOnAfterTwoPackets() {
    for (int i = 0; i < 5; i++) {
      hear(PEER, SSRC, 100 + i, 1000 + 160 * i);
    }
    assertThat(hear(PEER, 77, 9000, 500_000)).isZero();
    assertThat(hear(PEER, 77, 9001, 500_160)).isEqualTo(1);
    assertThat(hear(PEER, 77, 9002, 500_320)).isEqualTo(1);
    assertThat(sink.sequences).containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L);
    assertThat(sink.timestamps.get(5) - sink.timestamps.get(4)).isEqualTo(320);
    assertThat(sink.timestamps.get(6) - sink.timestamps.get(5)).isEqualTo(160);
    assertThat(session.stats().receivedPackets()).isEqualTo(7);
  }

  @Test
  void aRestartedNumberingIsSplicedOn() {
    for (int i = 0; i < 5; i++) {
      hear(PEER, SSRC, 100 + i, 1000 + 160 * i);
    }
    hear(PEER, SSRC, 40_000, 7);
    hear(PEER, SSRC, 40_001, 167);
    hear(PEER, SSRC, 40_002, 327);
    assertThat(sink.sequences).containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L);
    assertThat(session.stats().receivedPackets()).isEqualTo(7);
    assertThat(session.stats().lost()).isZero();
  }

  @Test
  void aKeyIsHeardOnce() {
    hear(PEER, SSRC, 1, 160);
    byte[] payload = new byte[4];
    TelephoneEvent.write(payload, 0, 5, true, 10, 800);
    for (int i = 0; i < 3; i++) {
      rtp.put(PEER, packet(SSRC, 101, 2 + i, 320, payload));
    }
    turn();
    assertThat(sink.keys).containsExactly("5 down", "5:100");
    assertThat(sink.sequences).hasSize(1);
  }

  @Test
  void aLongKeyIsNoJitter() {
    byte[] payload = new byte[4];
    for (int i = 0; i < 100; i++) {
      if (i % 50 < 40) {
        hear(PEER, SSRC, i, 160 * i);
      } else {
        TelephoneEvent.write(payload, 0, 5, false, 10, 160 * (i % 50 - 39));
        rtp.put(PEER, packet(SSRC, 101, i, 160 * (i / 50 * 50 + 40), payload));
        turn();
      }
    }
    assertThat(session.stats().receivedPackets()).isEqualTo(100);
    assertThat(session.stats().jitterMicros()).isZero();
  }

  @Test
  void aKeyWithoutEndEndsBySilence() {
    byte[] payload = new byte[4];
    TelephoneEvent.write(payload, 0, 5, false, 10, 800);
    rtp.put(PEER, packet(SSRC, 101, 2, 320, payload));
    for (int i = 0; i < 20; i++) {
      turn();
    }
    assertThat(sink.keys).containsExactly("5 down", "5:100");
  }

  @Test
  void noiseIsCountedAndHarmsNothing() {
    rtp.put(PEER, new byte[0]);
    rtp.put(PEER, new byte[] {1});
    rtp.put(PEER, new byte[] {0, 1, 0, 0, 0x21, 0x12, (byte) 0xa4, 0x42, 0, 0, 0, 0});
    rtp.put(PEER, packet(SSRC, 34, 1, 160, new byte[10]));
    rtp.put(PEER, new byte[] {(byte) 0x80, (byte) 200, 0});
    rtcp.put(PEER_RTCP, new byte[] {1, 2, 3});
    rtp.put(PEER, new byte[4000]);
    assertThat(turn()).isZero();
    assertThat(meters.malformed.sum()).isEqualTo(7);
  }

  @Test
  void aFloodIsTakenInPortions() {
    for (int i = 0; i < 1000; i++) {
      rtp.put(STRANGER, new byte[] {0});
    }
    turn();
    assertThat(meters.malformed.sum()).isEqualTo(RtpSettings.STANDARD.maxPacketsPerReceive());
  }

  @Test
  void reportsGoOutEveryFewSecondsAndSayWhatWasSentAndLost() {
    for (int i = 0; i < 500; i++) {
      session.sendAudio(now, 0, i == 0, 160L * i, new byte[160], 160);
      if (i % 10 == 9) {
        turn();
      } else {
        hear(PEER, SSRC, 65_530 + i, 160 * i);
      }
    }
    assertThat(rtcp.sent).hasSizeBetween(2, 4).extracting(Letter::address).containsOnly(PEER_RTCP);
    List<RtcpPacket> compound = read(rtcp.sent.getLast());
    assertThat(compound.get(1)).isInstanceOf(SourceDescription.class);
    SenderReport report = (SenderReport) compound.get(0);
    assertThat(report.ssrc()).isEqualTo(session.ssrc());
    assertThat(report.sent().packets()).isBetween(200, 500);
    assertThat(report.sent().octets()).isEqualTo(report.sent().packets() * 160);
    ReportBlock block = report.reports().getFirst();
    assertThat(block.ssrc()).isEqualTo(SSRC);
    assertThat(block.fractionLost()).isBetween(20, 32);
    assertThat(block.lost()).isBetween(20, 50);
    assertThat(Integer.toUnsignedLong(block.highestSequence())).isGreaterThan(65_536 + 100);
  }

  @Test
  void withoutSoundOfOursAReceiverReportGoesOut() {
    for (int i = 0; i < 200; i++) {
      hear(PEER, SSRC, i, 160 * i);
    }
    assertThat(read(rtcp.sent.getFirst()).getFirst()).isInstanceOf(ReceiverReport.class);
  }

  @Test
  void reportsShareThePortWhenThePeerMultiplexes() {
    session = open(4000);
    for (int i = 0; i < 200; i++) {
      hear(PEER, SSRC, i, 160 * i);
    }
    assertThat(rtcp.sent).isEmpty();
    assertThat(rtp.sent).isNotEmpty().extracting(Letter::address).containsOnly(PEER);
  }

  @Test
  void aReportOfThePeerTellsTheRoundTrip() {
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    while (rtcp.sent.isEmpty()) {
      turn();
    }
    int middle = ((SenderReport) read(rtcp.sent.getFirst()).getFirst()).sent().middle();
    InetSocketAddress real = LetterBox.address("192.0.2.10", 7777);
    ReportBlock block = new ReportBlock(session.ssrc(), 0, 0, 0, 0, middle, 0x8000);
    now += SECOND - FRAME;
    rtcp.put(
        real,
        RtcpCompound.write(
            List.of(new SenderReport(SSRC, new SenderInfo(1L << 40, 0, 1, 160), List.of(block)))));
    turn();
    assertThat(session.roundTripMicros()).isBetween(498_000L, 502_000L);
    rtcp.sent.clear();
    hear(PEER, SSRC, 1, 160);
    while (rtcp.sent.isEmpty()) {
      turn();
    }
    assertThat(rtcp.sent.getFirst().address())
        .as("RTCP goes to where RTCP came from")
        .isEqualTo(real);
    SenderReport ours = (SenderReport) read(rtcp.sent.getFirst()).getFirst();
    assertThat(ours.reports().getFirst().lastSenderReport()).isEqualTo(1 << 24);
    assertThat(ours.reports().getFirst().delaySinceLast()).isPositive();
  }

  @Test
  void aStrangersReportIsDropped() {
    rtcp.put(STRANGER, RtcpCompound.write(List.of(new ReceiverReport(5, List.of()))));
    turn();
    assertThat(meters.reportsIn.sum()).isZero();
    assertThat(meters.foreign.sum()).isEqualTo(1);
  }

  @Test
  void whoNeverSentAnythingTakesNoLeave() {
    session.close(now);
    assertThat(rtcp.sent).isEmpty();
  }

  @Test
  void closingSaysGoodbyeAndGivesThePortsBackOnce() {
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    MediaStats stats = session.close(now);
    assertThat(session.close(now)).isEqualTo(stats);
    assertThat(stats.sentPackets()).isEqualTo(1);
    assertThat(returned).hasSize(1);
    assertThat(read(rtcp.sent.getLast()).getLast()).isInstanceOf(Goodbye.class);
    assertThat(rtp.closed).as("the pool decides").isFalse();
  }

  @Test
  void aHoldWithoutAddressSendsNothing() {
    session.change(spec("0.0.0.0", 4000, 4001));
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    session.change(spec("192.0.2.10", 0, 0));
    session.sendAudio(now, 0, true, 160, new byte[160], 160);
    assertThat(rtp.sent).isEmpty();
    session.change(spec("192.0.2.10", 4000, 4001));
    session.sendAudio(now, 0, true, 320, new byte[160], 160);
    assertThat(rtp.sent).hasSize(1);
  }

  @Test
  void aHoldIsKeptAlsoTowardsALatchedSourceAndEndsWhereItWas() {
    InetSocketAddress nat = LetterBox.address("198.51.100.7", 61_000);
    for (int i = 0; i < 4; i++) {
      hear(nat, SSRC, i, 160 * i);
    }
    for (String host : List.of("0.0.0.0", "phone.example")) {
      session.change(spec(host, 4000, 4001));
      for (int i = 0; i < 60; i++) {
        hear(nat, SSRC, 4 + i, 160 * i);
        session.sendAudio(now, 0, true, 160L * i, new byte[160], 160);
      }
      assertThat(rtp.sent).isEmpty();
    }
    session.change(spec("192.0.2.10", 4000, 4001));
    session.sendAudio(now, 0, true, 160, new byte[160], 160);
    assertThat(rtp.sent.getLast().address()).isEqualTo(nat);
  }

  @Test
  void aChangedAddressKeepsSsrcSequenceAndTimestamp() {
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    session.change(spec("2001:db8::1", 5000, 5001));
    session.sendAudio(now, 0, false, 160, new byte[160], 160);
    assertThat(rtp.sent.get(1).address()).isEqualTo(LetterBox.address("2001:db8::1", 5000));
    assertThat(sent(1).ssrc()).isEqualTo(sent(0).ssrc());
    assertThat(sent(1).sequence()).isEqualTo(sent(0).sequence() + 1);
    assertThat(sent(1).timestamp()).isEqualTo(sent(0).timestamp() + 160);
  }

  @Test
  void aPeerThatCeasesToMultiplexGetsItsReportsWhereItWantsThem() {
    session = open(4000);
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    session.change(spec("192.0.2.10", 4000, 4001));
    while (rtcp.sent.isEmpty()) {
      turn();
    }
    assertThat(rtcp.sent.getFirst().address()).isEqualTo(PEER_RTCP);
  }

  @Test
  void aPeerWithOurSsrcMakesUsTakeAnotherOnce() {
    int before = session.ssrc();
    hear(PEER, before, 1, 160);
    int after = session.ssrc();
    assertThat(after).isNotEqualTo(before);
    assertThat(read(rtcp.sent.getFirst()).getLast())
        .isEqualTo(new Goodbye(List.of(before), Optional.empty()));
    hear(PEER, after, 2, 320);
    hear(PEER, after, 3, 480);
    assertThat(session.ssrc()).isEqualTo(after);
  }

  @Test
  void whatTheNetworkRefusesIsCounted() {
    rtp.broken = true;
    session.sendAudio(now, 0, true, 0, new byte[160], 160);
    assertThat(meters.sendFailures.sum()).isEqualTo(1);
    assertThat(session.stats().sentPackets()).isZero();
  }
}
