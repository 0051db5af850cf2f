package io.tipring.testkit.phone;

import io.tipring.media.codec.Codec;
import io.tipring.media.jitter.JitterBuffer;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.Source;
import io.tipring.media.worker.PacketIo;
import io.tipring.testkit.sound.Tape;
import org.jspecify.annotations.Nullable;

/// Ear and mouth of one call. Owner: the phone's lane, which ticks it every 20 ms of the phone's
/// own clock.
final class Handset {
  private final PacketIo io;
  private final Mouthpiece mouthpiece;
  private final JitterBuffer jitter;
  private final Tape tape;
  private final StringBuilder keys = new StringBuilder();
  private final int[] frame = new int[Mouthpiece.FRAME];
  private final PacketIo.Arrivals ear = new Ear();
  private MediaSpec spec;
  private long packets;

  Handset(PacketIo io, MediaSpec spec, boolean marksSpurts, int tapeSeconds) {
    this.io = io;
    this.spec = spec;
    this.mouthpiece = new Mouthpiece(io, marksSpurts);
    this.jitter = new JitterBuffer(1);
    this.tape = new Tape(tapeSeconds);
  }

  /// Hears and speaks 20 ms.
  void tick(long nowNanos) {
    io.receive(nowNanos, ear);
    jitter.read(frame);
    tape.add(frame);
    mouthpiece.tick(nowNanos, spec);
    io.tick(nowNanos);
  }

  void change(MediaSpec next) {
    spec = next;
    io.change(next);
  }

  MediaSpec spec() {
    return spec;
  }

  void play(@Nullable Source source) {
    mouthpiece.play(source);
  }

  boolean isSilent() {
    return mouthpiece.isSilent();
  }

  void press(String more) {
    mouthpiece.press(more);
  }

  /// Everything heard since the call got its sound.
  Tape tape() {
    return tape;
  }

  /// Keys that came as RFC 4733 events.
  String keys() {
    return keys.toString();
  }

  /// Packets of sound that came.
  long packets() {
    return packets;
  }

  MediaStats close(long nowNanos) {
    return io.close(nowNanos);
  }

  private final class Ear implements PacketIo.Arrivals {
    @Override
    public void audio(
        long nowNanos,
        int payloadType,
        long sequence,
        long timestamp,
        byte[] buffer,
        int offset,
        int length) {
      packets++;
      Encoding encoding =
          payloadType == spec.payloadType()
              ? spec.encoding()
              : payloadType == Encoding.PCMU.staticPayloadType() ? Encoding.PCMU : Encoding.PCMA;
      jitter.put(Codec.of(encoding), sequence, timestamp, buffer, offset, length);
    }

    @Override
    public void keyBegan(char key) {}

    @Override
    public void key(char key, int durationMillis) {
      keys.append(key);
    }
  }
}
