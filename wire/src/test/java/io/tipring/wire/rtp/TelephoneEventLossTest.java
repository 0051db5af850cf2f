package io.tipring.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// 10,000 keys through a network that loses in bursts, duplicates and reorders: each key of which
/// anything arrived is reported exactly once, in order, and with its true duration when an end
/// packet arrived; its beginning exactly once, and before.
class TelephoneEventLossTest {
  private static final int KEYS = 10_000;
  private static final int TICKS_PER_PACKET = 160;
  private static final long PACKET_NANOS = 20_000_000L;

  private record Packet(long atNanos, int press, long sequence, int timestamp, byte[] payload) {}

  private record Press(char key, int durationMillis) {}

  private final List<Press> sent = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eachKeyThatReachedUsIsReportedOnce(long seed) {
    Random random = new Random(seed);
    boolean marker = random.nextBoolean();
    List<Packet> arrived = network(random, speak(random));
    arrived.sort(Comparator.comparingLong(Packet::atNanos));

    List<Press> heard = new ArrayList<>();
    boolean[] reached = new boolean[KEYS];
    boolean[] ended = new boolean[KEYS];
    TelephoneEventReceiver receiver = new TelephoneEventReceiver(8000);
    List<Character> down = new ArrayList<>();
    TelephoneEventReceiver.Keys keys = listener(seed, down, heard);
    Unwrapper sequences = Unwrapper.ofSequences();
    Unwrapper timestamps = Unwrapper.ofTimestamps();
    long tickAt = 0;
    for (Packet packet : arrived) {
      for (; tickAt < packet.atNanos; tickAt += PACKET_NANOS) {
        receiver.tick(tickAt, keys);
      }
      reached[packet.press] = true;
      ended[packet.press] |= TelephoneEvent.end(packet.payload, 0);
      long sequence = sequences.unwrap((int) (packet.sequence & 0xffff));
      long timestamp = timestamps.unwrap(packet.timestamp);
      receiver.on(packet.atNanos, sequence, timestamp, marker, packet.payload, 0, 4, keys);
    }
    receiver.restart(keys);
    assertThat(down).as("seed %d: began and never ended", seed).isEmpty();
    eachIsHeardInItsPlace(seed, heard, reached, ended);
  }

  private void eachIsHeardInItsPlace(
      long seed, List<Press> heard, boolean[] reached, boolean[] ended) {
    int at = 0;
    int unheard = 0;
    for (int press = 0; press < KEYS; press++) {
      if (!reached[press]) {
        unheard++;
        continue;
      }
      assertThat(at)
          .as("seed %d: keys heard before press %d", seed, press)
          .isLessThan(heard.size());
      Press report = heard.get(at++);
      Press truth = sent.get(press);
      assertThat(report.key).as("seed %d press %d", seed, press).isEqualTo(truth.key);
      if (ended[press]) {
        assertThat(report.durationMillis)
            .as("seed %d press %d", seed, press)
            .isEqualTo(truth.durationMillis);
      } else {
        assertThat(report.durationMillis)
            .as("seed %d press %d", seed, press)
            .isLessThan(truth.durationMillis);
      }
    }
    assertThat(heard).as("seed %d", seed).hasSize(at);
    assertThat(unheard).as("seed %d: the network is meant to swallow some", seed).isPositive();
  }

  private static TelephoneEventReceiver.Keys listener(
      long seed, List<Character> down, List<Press> heard) {
    return new TelephoneEventReceiver.Keys() {
      @Override
      public void began(char key) {
        down.add(key);
      }

      @Override
      public void key(char key, int durationMillis) {
        assertThat(down.remove((Character) key)).as("seed %d: began before", seed).isTrue();
        heard.add(new Press(key, durationMillis));
      }
    };
  }

  /// What the sender sends, in order: the keys with silence between, sequence and timestamp from
  /// just below a wrap.
  private List<Packet> speak(Random random) {
    List<Packet> packets = new ArrayList<>();
    long sequence = 65_530;
    int timestamp = -800;
    long atNanos = 0;
    for (int press = 0; press < KEYS; press++) {
      int key = random.nextInt(16);
      int length = 2 + random.nextInt(10);
      for (int i = 1; i <= length + 2; i++) {
        byte[] payload = new byte[4];
        TelephoneEvent.write(
            payload, 0, key, i >= length, 10, TICKS_PER_PACKET * Math.min(i, length));
        packets.add(new Packet(atNanos, press, sequence++, timestamp, payload));
        atNanos += PACKET_NANOS;
      }
      sent.add(new Press(TelephoneEvent.keyOf(key), length * 20));
      int pause = 2 + random.nextInt(10);
      timestamp += TICKS_PER_PACKET * (length + 2 + pause);
      sequence += pause;
      atNanos += pause * PACKET_NANOS;
    }
    return packets;
  }

  private static List<Packet> network(Random random, List<Packet> packets) {
    List<Packet> arrived = new ArrayList<>();
    boolean burst = false;
    for (Packet packet : packets) {
      burst = burst ? random.nextInt(10) > 0 : random.nextInt(20) == 0;
      if (burst && random.nextInt(10) > 0) {
        continue;
      }
      for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0; copies--) {
        long delay = (long) (random.nextDouble() * 2 * PACKET_NANOS);
        arrived.add(
            new Packet(
                packet.atNanos + delay,
                packet.press,
                packet.sequence,
                packet.timestamp,
                packet.payload));
      }
    }
    return arrived;
  }
}
