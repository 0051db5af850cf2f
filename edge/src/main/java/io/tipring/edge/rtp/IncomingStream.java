package io.tipring.edge.rtp;

import io.tipring.media.worker.PacketIo.Arrivals;
import io.tipring.wire.rtp.ReceptionStatistics;
import io.tipring.wire.rtp.RtpPacket;
import io.tipring.wire.rtp.TelephoneEventReceiver;
import io.tipring.wire.rtp.Unwrapper;

/// The peer's stream as one run of sequence numbers and timestamps, whatever it does: when it
/// restarts its numbering or takes another SSRC, the new run is spliced on where the old one would
/// be by now. Owned by one worker.
final class IncomingStream {
  private static final int NONE = -1;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final int clockHz;
  private final TelephoneEventReceiver events;
  private final Unwrapper sequences = Unwrapper.ofSequences();
  private final Unwrapper timestamps = Unwrapper.ofTimestamps();
  private ReceptionStatistics statistics = new ReceptionStatistics(1);
  private boolean started;
  private int ssrc;

  /// An SSRC that came once; a second packet in a row makes it the stream's.
  private int otherSsrc;

  private int otherSequence = NONE;
  private long sequenceShift;
  private long timestampShift;
  private long lastSequence;
  private long lastTimestamp;
  private long lastNanos;
  private long receivedBefore;
  private long lostBefore;

  IncomingStream(int clockHz) {
    this.clockHz = clockHz;
    this.events = new TelephoneEventReceiver(clockHz);
  }

  /// Takes a packet of the latched source; false when it does not count.
  ///
  /// @param arrivedNanos when it came, as well as is known
  /// @param eventType payload type of telephone events, -1 for none
  boolean on(long nowNanos, long arrivedNanos, RtpPacket packet, int eventType, Arrivals sink) {
    int sequence = packet.sequence();
    if (!started) {
      started = true;
      ssrc = packet.ssrc();
    } else if (packet.ssrc() != ssrc) {
      if (packet.ssrc() != otherSsrc || sequence != otherSequence) {
        otherSsrc = packet.ssrc();
        otherSequence = sequence + 1 & 0xffff;
        return false;
      }
      ssrc = packet.ssrc();
      bank();
      statistics = new ReceptionStatistics(1);
      splice(nowNanos, packet);
    }
    otherSequence = NONE;
    long receivedSoFar = statistics.received();
    long lostSoFar = statistics.lost();
    switch (statistics.on(sequence)) {
      case PROBATION, OUT_OF_STEP -> {
        return false;
      }
      case RESTARTED -> {
        receivedBefore += receivedSoFar;
        lostBefore += Math.max(0, lostSoFar);
        splice(nowNanos, packet);
      }
      case VALID -> {}
    }
    if (packet.payloadType() != eventType) {
      // All packets of a key carry the time of its beginning: they say nothing about jitter.
      statistics.arrived(ticks(arrivedNanos), packet.timestamp());
    }
    deliver(nowNanos, packet, eventType, sink);
    return true;
  }

  private void deliver(long nowNanos, RtpPacket packet, int eventType, Arrivals sink) {
    long sequence = sequences.unwrap(packet.sequence()) + sequenceShift;
    long timestamp = timestamps.unwrap(packet.timestamp()) + timestampShift;
    if (sequence >= lastSequence) {
      lastSequence = sequence;
      lastTimestamp = timestamp;
      lastNanos = nowNanos;
    }
    if (packet.payloadType() == eventType) {
      events.on(
          nowNanos,
          sequence,
          timestamp,
          packet.marker(),
          packet.buffer(),
          packet.payloadOffset(),
          packet.payloadLength(),
          new ToSink(sink));
    } else {
      sink.audio(
          nowNanos,
          packet.payloadType(),
          sequence,
          timestamp,
          packet.buffer(),
          packet.payloadOffset(),
          packet.payloadLength());
    }
  }

  private void bank() {
    receivedBefore += statistics.received();
    lostBefore += Math.max(0, statistics.lost());
  }

  private void splice(long nowNanos, RtpPacket first) {
    sequences.restart();
    timestamps.restart();
    long elapsed = Math.max(1, ticks(nowNanos - lastNanos));
    sequenceShift = lastSequence + 1 - sequences.unwrap(first.sequence());
    timestampShift = lastTimestamp + elapsed - timestamps.unwrap(first.timestamp());
  }

  private long ticks(long nanos) {
    return nanos / NANOS_PER_SECOND * clockHz
        + nanos % NANOS_PER_SECOND * clockHz / NANOS_PER_SECOND;
  }

  /// Lets keys end that nothing more comes of.
  void tick(long nowNanos, Arrivals sink) {
    if (events.isHolding()) {
      events.tick(nowNanos, new ToSink(sink));
    }
  }

  /// Whoever takes the packets takes the keys in them.
  private record ToSink(Arrivals sink) implements TelephoneEventReceiver.Keys {
    @Override
    public void began(char key) {
      sink.keyBegan(key);
    }

    @Override
    public void key(char key, int durationMillis) {
      sink.key(key, durationMillis);
    }
  }

  boolean isStarted() {
    return started;
  }

  /// Of the present run; unsigned.
  int ssrc() {
    return ssrc;
  }

  ReceptionStatistics statistics() {
    return statistics;
  }

  long received() {
    return receivedBefore + statistics.received();
  }

  long lost() {
    return lostBefore + Math.max(0, statistics.lost());
  }

  long jitterMicros() {
    return statistics.jitterTicks() * 1_000_000 / clockHz;
  }
}
