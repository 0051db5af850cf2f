package io.tipring.media.worker;

import io.tipring.media.codec.Codec;
import io.tipring.media.spec.MediaSpec;

/// Encodes frames of 20 ms and sends them in packets of the agreed length. Keeps the sample clock
/// of what is sent.
final class Packetizer {
  private static final int FRAME = Pipeline.FRAME;
  private static final int LONGEST_MILLIS = 60;
  private static final int SAMPLES_PER_MILLI = 8;

  private final PacketIo io;
  private final byte[] payload = new byte[LONGEST_MILLIS * SAMPLES_PER_MILLI + FRAME];

  private Codec codec;
  private int payloadType;
  private int perPacket;
  private boolean sends;

  private int filled;
  private long sampleTime;
  private boolean marker = true;

  Packetizer(PacketIo io, MediaSpec spec) {
    this.io = io;
    this.codec = Codec.of(spec.encoding());
    change(spec);
  }

  void change(MediaSpec spec) {
    if (payloadType != spec.payloadType() || !spec.direction().sends()) {
      // At most 40 ms of another encoding, or of before the hold.
      filled = 0;
    }
    codec = Codec.of(spec.encoding());
    payloadType = spec.payloadType();
    int millis = Math.clamp(spec.packetMillis(), 10, LONGEST_MILLIS);
    perPacket = millis / 10 * 10 * SAMPLES_PER_MILLI;
    marker |= spec.direction().sends() && !sends;
    sends = spec.direction().sends();
  }

  /// Whether the next frame goes out, and not only the time.
  boolean sends() {
    return sends;
  }

  /// Samples since the pipeline began, up to the frame that comes next.
  long sampleTime() {
    return sampleTime;
  }

  /// Encodes a frame and sends what is complete. The time goes on also when nothing may be sent.
  void send(long nowNanos, int[] frame) {
    if (sends) {
      filled += codec.encode(frame, 0, FRAME, payload, filled);
    }
    sampleTime += FRAME;
    while (filled >= perPacket) {
      io.sendAudio(nowNanos, payloadType, marker, sampleTime - filled, payload, perPacket);
      marker = false;
      filled -= perPacket;
      System.arraycopy(payload, perPacket, payload, 0, filled);
    }
  }

  /// Lets time go by without sound; the next packet is marked as the first after a pause (RFC 3551
  /// 4.1).
  void pause(long nowNanos, long frames) {
    if (filled > 0) {
      io.sendAudio(nowNanos, payloadType, marker, sampleTime - filled, payload, filled);
      filled = 0;
    }
    sampleTime += frames * FRAME;
    marker = true;
  }
}
