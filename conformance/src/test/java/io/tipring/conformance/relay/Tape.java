package io.tipring.conformance.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Payloads of one RTP stream of G.711 mu-law, the first minute of it.
final class Tape {
  private static final int HEADER_BYTES = 12;
  private static final int PCMU = 0;
  private static final int MOST_PACKETS = 3_000;

  private final List<byte[]> payloads = new ArrayList<>();
  private long lastNanos;
  private long longestNanos;

  synchronized void record(byte[] packet) {
    boolean plain =
        packet.length > HEADER_BYTES && (packet[0] & 0xFF) == 0x80 && (packet[1] & 0x7F) == PCMU;
    long now = System.nanoTime();
    if (plain && !payloads.isEmpty()) {
      longestNanos = Math.max(longestNanos, now - lastNanos);
    }
    lastNanos = plain ? now : lastNanos;
    if (plain && payloads.size() < MOST_PACKETS) {
      payloads.add(Arrays.copyOfRange(packet, HEADER_BYTES, packet.length));
    }
  }

  /// The longest time between two packets.
  synchronized long longestPauseMillis() {
    return longestNanos / 1_000_000;
  }

  synchronized List<byte[]> copy() {
    return List.copyOf(payloads);
  }
}
