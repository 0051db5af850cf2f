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

  synchronized void record(byte[] packet) {
    boolean plain =
        packet.length > HEADER_BYTES && (packet[0] & 0xFF) == 0x80 && (packet[1] & 0x7F) == PCMU;
    if (plain && payloads.size() < MOST_PACKETS) {
      payloads.add(Arrays.copyOfRange(packet, HEADER_BYTES, packet.length));
    }
  }

  synchronized List<byte[]> copy() {
    return List.copyOf(payloads);
  }
}
