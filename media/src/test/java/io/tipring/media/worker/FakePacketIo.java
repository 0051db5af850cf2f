package io.tipring.media.worker;

import io.tipring.media.codec.Codec;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A peer without a network: remembers what it was sent, and hands over what a test put there.
final class FakePacketIo implements PacketIo {
  final List<Audio> audio = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<MediaSpec> changes = new ArrayList<>();
  final ArrayDeque<Audio> arriving = new ArrayDeque<>();
  final ArrayDeque<Key> keys = new ArrayDeque<>();
  boolean closed;
  boolean broken;
  boolean unlinked;

  @Override
  public int receive(long nowNanos, Arrivals sink) {
    if (broken) {
      throw new IllegalStateException("the network card is on fire");
    }
    if (unlinked) {
      throw new NoClassDefFoundError("its driver is gone");
    }
    int n = arriving.size() + keys.size();
    while (!arriving.isEmpty()) {
      Audio next = arriving.remove();
      sink.audio(
          nowNanos,
          next.payloadType(),
          next.sequence(),
          next.sampleTime(),
          next.payload(),
          0,
          next.payload().length);
    }
    while (!keys.isEmpty()) {
      Key key = keys.remove();
      sink.keyBegan(key.symbol());
      sink.key(key.symbol(), key.millis());
    }
    return n;
  }

  @Override
  public void sendAudio(
      long nowNanos, int payloadType, boolean marker, long sampleTime, byte[] payload, int length) {
    assertOpen();
    audio.add(
        new Audio(nowNanos, payloadType, marker, 0, sampleTime, Arrays.copyOf(payload, length)));
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
    assertOpen();
    events.add(new Event(nowNanos, payloadType, marker, sampleTime, key, durationSamples, end));
  }

  @Override
  public void tick(long nowNanos) {
    assertOpen();
  }

  @Override
  public void change(MediaSpec spec) {
    assertOpen();
    changes.add(spec);
  }

  @Override
  public MediaStats close(long nowNanos) {
    assertOpen();
    closed = true;
    if (broken) {
      throw new IllegalStateException("and does not close");
    }
    return new MediaStats(audio.size() + events.size(), 0, 0, 0, 0, 0);
  }

  private void assertOpen() {
    if (closed) {
      throw new AssertionError("used after it was closed");
    }
  }

  /// Everything that was sent, decoded and in a row.
  int[] sound(Encoding encoding) {
    Codec codec = Codec.of(encoding);
    int[] samples = new int[audio.stream().mapToInt(packet -> packet.payload().length).sum()];
    int at = 0;
    for (Audio packet : audio) {
      at += codec.decode(packet.payload(), 0, packet.payload().length, samples, at);
    }
    return samples;
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Audio(
      long atNanos,
      int payloadType,
      boolean marker,
      long sequence,
      long sampleTime,
      byte[] payload) {}

  record Event(
      long atNanos,
      int payloadType,
      boolean marker,
      long sampleTime,
      char key,
      int duration,
      boolean end) {}

  record Key(char symbol, int millis) {}
}
