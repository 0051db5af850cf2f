package io.tipring.edge.rtp;

import io.tipring.core.lane.Randomness;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.PeerAddress;
import io.tipring.media.worker.PacketIo;
import io.tipring.wire.rtp.RtcpPacket;
import io.tipring.wire.rtp.RtpCheck;
import io.tipring.wire.rtp.RtpPacket;
import io.tipring.wire.rtp.TelephoneEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// One leg's RTP and RTCP over a pair of ports (RFC 3550): our SSRC, sequence and timestamp; the
/// peer's source, latched; its stream, numbered without gaps over restarts; keys; reports. Owned by
/// one worker.
public final class RtpSession implements PacketIo {
  private static final int MAX_DATAGRAM = 2048;

  /// Comfort noise (RFC 3389), sent by some although nobody agreed to it.
  private static final int COMFORT_NOISE = 13;

  /// -10 dBm0, what most telephones say.
  private static final int EVENT_VOLUME = 10;

  private final PortPair ports;
  private final RtpSettings settings;
  private final RtpMeters meters;
  private final Consumer<PortPair> whenClosed;
  private final Randomness randomness;
  private final SourceLatch latch;
  private final IncomingStream incoming;
  private final Reporter reporter;
  private final RtpPacket packet = new RtpPacket();
  private final byte[] in = new byte[MAX_DATAGRAM];
  private final byte[] out = new byte[MAX_DATAGRAM];
  private final ByteBuffer inBuffer = ByteBuffer.wrap(in);
  private final ByteBuffer outBuffer = ByteBuffer.wrap(out);
  private MediaSpec spec;

  /// Where SDP wants reports; where they go follows the peer's own, until SDP names another place.
  private InetSocketAddress rtcpNamed;

  private InetSocketAddress rtcpTarget;

  /// SDP names nobody to send to, so nothing goes out, not even to a latched source.
  private boolean nowhere;

  private int ssrc;
  private int sequence;
  private int timestampOffset;
  private boolean ssrcCollided;
  private long sentPackets;
  private boolean closed;

  /// What a session needs besides its ports and its spec.
  ///
  /// @param wallClock for sender reports only
  /// @param whenClosed takes the ports back
  public record Surroundings(
      RtpSettings settings,
      RtpMeters meters,
      Randomness randomness,
      WallClock wallClock,
      Consumer<PortPair> whenClosed) {}

  /// @throws IllegalArgumentException when the peer's host is no literal address
  public RtpSession(PortPair ports, MediaSpec spec, Surroundings surroundings, long nowNanos) {
    this.ports = ports;
    this.spec = spec;
    this.settings = surroundings.settings();
    this.meters = surroundings.meters();
    this.randomness = surroundings.randomness();
    this.whenClosed = surroundings.whenClosed();
    this.latch = new SourceLatch(rtpAddress(spec.peer()), settings.relatchMillis() * 1_000_000L);
    this.rtcpNamed = rtcpAddress(spec.peer());
    this.rtcpTarget = rtcpNamed;
    this.nowhere = !isSomewhere(latch.expected());
    long random = randomness.nextLong();
    this.ssrc = (int) random;
    // RFC 3550 5.1: both begin at random; the sequence below 2^15 so that SRTP's rollover guess
    // starts safely (RFC 3711 3.3.1 advises it).
    this.sequence = (int) (random >>> 32) & 0x7fff;
    this.timestampOffset = (int) randomness.nextLong();
    int clockHz = spec.encoding().clockHz();
    this.incoming = new IncomingStream(clockHz);
    this.reporter = new Reporter(incoming, clockHz, randomness, surroundings.wallClock(), nowNanos);
  }

  private static InetSocketAddress rtpAddress(PeerAddress peer) {
    return new InetSocketAddress(InetAddress.ofLiteral(peer.host()), peer.rtpPort());
  }

  private static InetSocketAddress rtcpAddress(PeerAddress peer) {
    return new InetSocketAddress(InetAddress.ofLiteral(peer.host()), peer.rtcpPort());
  }

  @Override
  public int receive(long nowNanos, Arrivals sink) {
    int count = 0;
    long arrivedNanos = ports.rtp().noticedNanos(nowNanos);
    for (int i = 0; i < settings.maxPacketsPerReceive(); i++) {
      inBuffer.clear();
      InetSocketAddress source = ports.rtp().receive(inBuffer);
      if (source == null) {
        break;
      }
      int length = inBuffer.position();
      // RFC 5761 4: both may share the port, whether or not the peer said so.
      if (length > 1 && RtcpPacket.isPacketType(in[1] & 0xff)) {
        onReport(nowNanos, source, length);
      } else if (onPacket(nowNanos, arrivedNanos, source, length, sink)) {
        count++;
      }
    }
    incoming.tick(nowNanos, sink);
    return count;
  }

  private boolean onPacket(
      long nowNanos, long arrivedNanos, InetSocketAddress source, int length, Arrivals sink) {
    if (packet.wrap(in, 0, length) != RtpCheck.VALID || !isAgreed(packet.payloadType())) {
      meters.malformed.increment();
      return false;
    }
    long foreignBefore = latch.foreign();
    if (!latch.admit(nowNanos, source, packet.ssrc(), packet.sequence())) {
      meters.foreign.add(latch.foreign() - foreignBefore);
      return false;
    }
    if (packet.ssrc() == ssrc) {
      onCollision(nowNanos);
    }
    meters.packetsIn.increment();
    return incoming.on(nowNanos, arrivedNanos, packet, spec.telephoneEvents().orElse(-1), sink);
  }

  private boolean isAgreed(int payloadType) {
    if (payloadType == spec.payloadType()
        || payloadType == COMFORT_NOISE
        || payloadType == spec.telephoneEvents().orElse(-1)) {
      return true;
    }
    for (Encoding encoding : Encoding.values()) {
      if (payloadType == encoding.staticPayloadType()) {
        return true;
      }
    }
    return false;
  }

  /// RFC 3550 8.2: the peer chose our SSRC. We take another, once: a peer that sends our own
  /// packets back collides for ever.
  private void onCollision(long nowNanos) {
    if (ssrcCollided) {
      return;
    }
    ssrcCollided = true;
    sendReport(nowNanos, reporter.goodbye(nowNanos, ssrc));
    ssrc = (int) randomness.nextLong();
    reporter.restart();
  }

  @Override
  public void sendAudio(
      long nowNanos, int payloadType, boolean marker, long sampleTime, byte[] payload, int length) {
    System.arraycopy(payload, 0, out, RtpPacket.HEADER_LENGTH, length);
    send(nowNanos, payloadType, marker, sampleTime, length);
  }

  @Override
  public void sendEvent(
      long nowNanos,
      int payloadType,
      boolean marker,
      long sampleTime,
      char key,
      int durationSamples,
      boolean end) {
    int event = TelephoneEvent.eventOf(key);
    TelephoneEvent.write(out, RtpPacket.HEADER_LENGTH, event, end, EVENT_VOLUME, durationSamples);
    send(nowNanos, payloadType, marker, sampleTime, TelephoneEvent.LENGTH);
  }

  private void send(
      long nowNanos, int payloadType, boolean marker, long sampleTime, int payloadLength) {
    if (nowhere) {
      return;
    }
    int timestamp = timestampOffset + (int) sampleTime;
    RtpPacket.writeHeader(out, 0, marker, payloadType, sequence++, timestamp, ssrc);
    outBuffer.clear().limit(RtpPacket.HEADER_LENGTH + payloadLength);
    if (!ports.rtp().send(outBuffer, latch.target())) {
      meters.sendFailures.increment();
      return;
    }
    sentPackets++;
    meters.packetsOut.increment();
    reporter.sent(nowNanos, timestamp, payloadLength);
  }

  /// A hold of the old kind names 0.0.0.0 (RFC 3264 8.4), a refused stream port 0.
  private static boolean isSomewhere(InetSocketAddress target) {
    return target.getPort() != 0 && !target.getAddress().isAnyLocalAddress();
  }

  @Override
  public void tick(long nowNanos) {
    for (int i = 0; i < settings.maxPacketsPerReceive(); i++) {
      inBuffer.clear();
      InetSocketAddress source = ports.rtcp().receive(inBuffer);
      if (source == null) {
        break;
      }
      onReport(nowNanos, source, inBuffer.position());
    }
    if (reporter.isDue(nowNanos)) {
      sendReport(nowNanos, reporter.report(nowNanos, ssrc));
    }
  }

  private void onReport(long nowNanos, InetSocketAddress source, int length) {
    if (!latch.isPeer(source)) {
      meters.foreign.increment();
      return;
    }
    if (!reporter.on(nowNanos, in, length, ssrc)) {
      meters.malformed.increment();
      return;
    }
    meters.reportsIn.increment();
    if (!spec.peer().rtcpMux()) {
      rtcpTarget = source;
    }
  }

  private void sendReport(long nowNanos, byte[] compound) {
    boolean mux = spec.peer().rtcpMux();
    InetSocketAddress target = mux ? latch.target() : rtcpTarget;
    reporter.schedule(nowNanos);
    if (nowhere || target.getPort() == 0) {
      return;
    }
    DatagramIo io = mux ? ports.rtp() : ports.rtcp();
    if (io.send(ByteBuffer.wrap(compound), target)) {
      meters.reportsOut.increment();
    } else {
      meters.sendFailures.increment();
    }
  }

  /// A peer that is no literal address, or nowhere at all, is not sent to; who was latched stays
  /// so.
  @Override
  public void change(MediaSpec spec) {
    this.spec = spec;
    InetSocketAddress rtp;
    InetSocketAddress rtcp;
    try {
      rtp = rtpAddress(spec.peer());
      rtcp = rtcpAddress(spec.peer());
    } catch (IllegalArgumentException _) {
      nowhere = true;
      return;
    }
    nowhere = !isSomewhere(rtp);
    if (nowhere) {
      return;
    }
    latch.expect(rtp);
    if (!rtcp.equals(rtcpNamed)) {
      // Also with RTP where it was: the peer began or ceased to multiplex.
      rtcpNamed = rtcp;
      rtcpTarget = rtcp;
    }
  }

  @Override
  public MediaStats close(long nowNanos) {
    if (!closed) {
      closed = true;
      // RFC 3550 6.3.7: nobody takes leave who never sent anything.
      if (reporter.hasSpoken()) {
        sendReport(nowNanos, reporter.goodbye(nowNanos, ssrc));
      }
      whenClosed.accept(ports);
    }
    return stats();
  }

  /// What was counted so far.
  public MediaStats stats() {
    return new MediaStats(
        sentPackets,
        incoming.received(),
        incoming.lost(),
        0,
        incoming.jitterMicros(),
        latch.foreign());
  }

  /// Unsigned; what we call ourselves.
  public int ssrc() {
    return ssrc;
  }

  /// The last time a report took there and back, in microseconds; negative before the first.
  public long roundTripMicros() {
    return reporter.roundTripMicros();
  }

  PortPair ports() {
    return ports;
  }
}
