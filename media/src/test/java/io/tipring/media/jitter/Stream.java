package io.tipring.media.jitter;

import io.tipring.media.codec.Codec;
import io.tipring.media.spec.Encoding;
import io.tipring.media.tone.Oscillator;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A sender of a tone, a network, and a listener that reads every 20 ms: simulated, from a seed.
final class Stream {
  static final double TONE = 440;

  final JitterBuffer buffer = new JitterBuffer(1);
  final SplittableRandom random;
  private final Codec codec = Codec.of(Encoding.PCMU);
  private final Oscillator tone = new Oscillator(TONE, -10);
  private final PriorityQueue<Packet> network = new PriorityQueue<>();

  /// The sender's clock runs so much fast.
  double ppm;

  /// Delay of packet number n, in ms; negative when it is lost.
  Path path = (n, dice) -> 10;

  double duplicates;
  int packetMillis = 20;
  long sequence = 65_530;
  long timestamp = (1L << 32) - 1000;

  private long sent;
  private long order;
  private double senderMillis = 3;
  private double readerMillis;

  Stream(long seed) {
    random = new SplittableRandom(seed);
  }

  /// Delivers and reads so many frames, each given to `listener`.
  void run(int frames, Consumer<int[]> listener) {
    int[] frame = new int[160];
    for (int i = 0; i < frames; i++) {
      while (senderMillis <= readerMillis) {
        send();
        senderMillis += packetMillis / (1 + ppm * 1e-6);
      }
      deliver();
      buffer.read(frame);
      listener.accept(frame);
      readerMillis += 20;
    }
  }

  /// Reads so many frames and returns them in a row.
  int[] record(int frames) {
    int[] sound = new int[frames * 160];
    int[] at = {0};
    run(
        frames,
        frame -> {
          System.arraycopy(frame, 0, sound, at[0], 160);
          at[0] += 160;
        });
    return sound;
  }

  /// The sender says nothing for a while, and its timestamps tell.
  void pause(int millis) {
    senderMillis += millis;
    timestamp += millis * 8L;
  }

  /// The sender says how its silence sounds.
  void describeSilence(int decibelsBelow) {
    buffer.putSilence(sequence++, timestamp, new byte[] {(byte) decibelsBelow}, 0, 1);
  }

  /// The listener stands still; what comes meanwhile waits.
  void stall(int millis) {
    readerMillis += millis;
    buffer.skip(millis / 20);
    while (senderMillis <= readerMillis) {
      send();
      senderMillis += packetMillis / (1 + ppm * 1e-6);
    }
  }

  /// How much later sound is heard than it could be: since its packet left, without what the
  /// quickest path takes.
  double lagMillis() {
    return buffer.delayMillis();
  }

  private void send() {
    int samples = packetMillis * 8;
    int[] frame = new int[samples];
    tone.add(frame, 0, samples);
    byte[] payload = new byte[samples];
    codec.encode(frame, 0, samples, payload, 0);
    double delay = path.delay(sent++, random);
    if (delay >= 0) {
      network.add(new Packet(senderMillis + delay, order++, sequence, timestamp, payload));
      if (duplicates > 0 && random.nextDouble() < duplicates) {
        network.add(
            new Packet(
                senderMillis + delay + random.nextInt(60), order++, sequence, timestamp, payload));
      }
    }
    sequence++;
    timestamp += samples;
  }

  private void deliver() {
    while (!network.isEmpty() && network.element().arrival() <= readerMillis) {
      Packet packet = network.remove();
      byte[] wire = Arrays.copyOf(packet.payload(), packet.payload().length + 3);
      buffer.put(codec, packet.sequence(), packet.timestamp(), wire, 0, packet.payload().length);
    }
  }

  interface Path {
    double delay(long n, SplittableRandom dice);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Packet(double arrival, long order, long sequence, long timestamp, byte[] payload)
      implements Comparable<Packet> {
    @Override
    public int compareTo(Packet other) {
      int byTime = Double.compare(arrival, other.arrival);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
