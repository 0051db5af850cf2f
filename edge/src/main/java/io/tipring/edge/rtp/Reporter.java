package io.tipring.edge.rtp;

import io.tipring.core.lane.Randomness;
import io.tipring.wire.rtp.ReportBlock;
import io.tipring.wire.rtp.RtcpCompound;
import io.tipring.wire.rtp.RtcpCompound.Reading;
import io.tipring.wire.rtp.RtcpInterval;
import io.tipring.wire.rtp.RtcpPacket;
import io.tipring.wire.rtp.RtcpPacket.Chunk;
import io.tipring.wire.rtp.RtcpPacket.Goodbye;
import io.tipring.wire.rtp.RtcpPacket.Item;
import io.tipring.wire.rtp.RtcpPacket.ReceiverReport;
import io.tipring.wire.rtp.RtcpPacket.SenderInfo;
import io.tipring.wire.rtp.RtcpPacket.SenderReport;
import io.tipring.wire.rtp.RtcpPacket.SourceDescription;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// One session's RTCP: what to report and when (RFC 3550 §6), and what the peer reported. Owned by
/// one worker.
final class Reporter {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// 5 % of 64 kbit/s G.711 (RFC 3550 §6.2), in octets.
  private static final double OCTETS_PER_SECOND = 400;

  /// A report with a block and a CNAME, with UDP and IP headers (RFC 3550 §6.2); the mean moves
  /// from here.
  private static final double FIRST_AVERAGE_OCTETS = 128;

  private static final int UDP_AND_IP_OCTETS = 28;

  private final IncomingStream incoming;
  private final int clockHz;
  private final Randomness randomness;
  private final WallClock wallClock;
  private final String cname;
  private double averageOctets = FIRST_AVERAGE_OCTETS;
  private boolean initial = true;
  private long lastReportNanos;
  private long nextReportNanos;
  private int packets;
  private int octets;
  private boolean sentAny;
  private long sentNanos;
  private int sentTimestamp;
  private int senderReportSsrc;
  private int senderReportMiddle;
  private long senderReportNanos;
  private long roundTripMicros = -1;

  Reporter(
      IncomingStream incoming,
      int clockHz,
      Randomness randomness,
      WallClock wallClock,
      long nowNanos) {
    this.incoming = incoming;
    this.clockHz = clockHz;
    this.randomness = randomness;
    this.wallClock = wallClock;
    byte[] name = new byte[12];
    randomness.fill(name);
    // RFC 7022 4.2: 96 random bits for each session, so that calls cannot be told to be of one
    // host.
    this.cname = Base64.getEncoder().encodeToString(name);
    lastReportNanos = nowNanos;
    schedule(nowNanos);
  }

  /// One RTP packet has gone out.
  void sent(long nowNanos, int timestamp, int payloadOctets) {
    packets++;
    octets += payloadOctets;
    sentAny = true;
    sentNanos = nowNanos;
    sentTimestamp = timestamp;
  }

  /// We have another SSRC: counts begin anew.
  void restart() {
    packets = 0;
    octets = 0;
    sentAny = false;
  }

  /// Whether anything was sent under our SSRC.
  boolean hasSpoken() {
    return sentAny || !initial;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - nextReportNanos >= 0;
  }

  /// Sets when the next report is due, now that one went out.
  void schedule(long nowNanos) {
    boolean weSent = isSender(nowNanos);
    boolean peerSends = incoming.isStarted();
    RtcpInterval.Session session =
        new RtcpInterval.Session(
            2,
            (weSent ? 1 : 0) + (peerSends ? 1 : 0),
            weSent,
            initial,
            averageOctets,
            OCTETS_PER_SECOND);
    double random = (randomness.nextLong() >>> 11) * 0x1p-53;
    nextReportNanos = nowNanos + RtcpInterval.nanos(session, random);
    lastReportNanos = nowNanos;
  }

  /// The compound that is due.
  byte[] report(long nowNanos, int ssrc) {
    byte[] compound = RtcpCompound.write(List.of(ownReport(nowNanos, ssrc), description(ssrc)));
    initial = false;
    averageOctets += (compound.length + UDP_AND_IP_OCTETS - averageOctets) / 16;
    return compound;
  }

  /// The last compound of `ssrc`.
  byte[] goodbye(long nowNanos, int ssrc) {
    return RtcpCompound.write(
        List.of(
            ownReport(nowNanos, ssrc),
            description(ssrc),
            new Goodbye(List.of(ssrc), Optional.empty())));
  }

  private static long middle(long ntp) {
    return ntp >>> 16 & 0xffff_ffffL;
  }

  private RtcpPacket description(int ssrc) {
    return new SourceDescription(List.of(new Chunk(ssrc, List.of(new Item(Item.CNAME, cname)))));
  }

  private RtcpPacket ownReport(long nowNanos, int ssrc) {
    List<ReportBlock> blocks = new ArrayList<>(1);
    if (incoming.isStarted()) {
      boolean known = senderReportMiddle != 0 && senderReportSsrc == incoming.ssrc();
      long delay = known ? to65536ths(nowNanos - senderReportNanos) : 0;
      blocks.add(
          incoming.statistics().report(incoming.ssrc(), known ? senderReportMiddle : 0, delay));
    }
    if (!isSender(nowNanos)) {
      return new ReceiverReport(ssrc, blocks);
    }
    int rtpNow = sentTimestamp + (int) ((nowNanos - sentNanos) * clockHz / NANOS_PER_SECOND);
    SenderInfo sent = new SenderInfo(ntp(nowNanos), rtpNow, packets, octets);
    return new SenderReport(ssrc, sent, blocks);
  }

  /// RFC 3550 6.4: a sender is who sent since the report before the last.
  private boolean isSender(long nowNanos) {
    return sentAny
        && nowNanos - sentNanos
            <= 2 * Math.max(nextReportNanos - lastReportNanos, 2 * NANOS_PER_SECOND);
  }

  private long ntp(long nowNanos) {
    return RtcpPacket.ntpOf(wallClock.wallMillis(nowNanos));
  }

  private static long to65536ths(long nanos) {
    return nanos / NANOS_PER_SECOND * 0x1_0000
        + nanos % NANOS_PER_SECOND * 0x1_0000 / NANOS_PER_SECOND;
  }

  /// Takes a compound of the peer; false when it is malformed.
  ///
  /// @param ssrc ours, which its reports are about
  boolean on(long nowNanos, byte[] buffer, int length, int ssrc) {
    return switch (RtcpCompound.read(buffer, 0, length)) {
      case Reading.Malformed _ -> false;
      case Reading.Compound(List<RtcpPacket> all) -> {
        averageOctets += (length + UDP_AND_IP_OCTETS - averageOctets) / 16;
        all.forEach(packet -> on(nowNanos, packet, ssrc));
        yield true;
      }
    };
  }

  private void on(long nowNanos, RtcpPacket packet, int ssrc) {
    switch (packet) {
      case SenderReport(int from, SenderInfo sent, List<ReportBlock> reports) -> {
        senderReportSsrc = from;
        senderReportMiddle = sent.middle();
        senderReportNanos = nowNanos;
        onBlocks(nowNanos, reports, ssrc);
      }
      case ReceiverReport(int _, List<ReportBlock> reports) -> onBlocks(nowNanos, reports, ssrc);
      case SourceDescription _, Goodbye _, RtcpPacket.OtherRtcp _ -> {}
    }
  }

  private void onBlocks(long nowNanos, List<ReportBlock> reports, int ssrc) {
    for (ReportBlock block : reports) {
      long roundTrip = block.ssrc() == ssrc ? block.roundTrip((int) middle(ntp(nowNanos))) : -1;
      if (roundTrip >= 0) {
        roundTripMicros = roundTrip * 1_000_000 / 0x1_0000;
      }
    }
  }

  /// Negative before the first.
  long roundTripMicros() {
    return roundTripMicros;
  }
}
