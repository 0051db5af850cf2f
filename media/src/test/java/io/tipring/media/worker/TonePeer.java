package io.tipring.media.worker;

import io.tipring.media.codec.Codec;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.tone.Oscillator;

/// A peer that sends a packet of a tone every time it is asked, and allocates nothing.
final class TonePeer implements PacketIo {
  private final byte[] payload = new byte[160];
  private final int loseEvery;
  private long sequence;
  private long sent;

  TonePeer(int loseEvery) {
    this.loseEvery = loseEvery;
    int[] tone = new int[160];
    new Oscillator(450, -10).add(tone, 0, 160);
    Codec.of(Encoding.PCMU).encode(tone, 0, 160, payload, 0);
  }

  @Override
  public int receive(long nowNanos, Arrivals sink) {
    sequence++;
    if (loseEvery == 0 || sequence % loseEvery != 0) {
      sink.audio(nowNanos, 0, sequence, sequence * 160, payload, 0, 160);
    }
    return 1;
  }

  @Override
  public void sendAudio(
      long nowNanos, int payloadType, boolean marker, long sampleTime, byte[] packet, int length) {
    sent += packet[0];
  }

  @Override
  public void sendEvent(
      long nowNanos,
      int payloadType,
      boolean marker,
      long sampleTime,
      char key,
      int duration,
      boolean end) {}

  @Override
  public void tick(long nowNanos) {}

  @Override
  public void change(MediaSpec spec) {}

  @Override
  public MediaStats close(long nowNanos) {
    return new MediaStats(sent, 0, 0, 0, 0, 0);
  }
}
