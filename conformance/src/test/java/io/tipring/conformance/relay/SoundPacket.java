package io.tipring.conformance.relay;

import java.util.Arrays;
import java.util.List;

/// An RTP packet as it came by on the line.
///
/// @param atNanos when, by this machine's monotonic clock
/// @param fromPeer sent by the peer, not by the exchange
public record SoundPacket(long atNanos, boolean fromPeer, int payloadType, byte[] payload) {
  private static final int HEADER_BYTES = 12;
  private static final int PCMU = 0;
  private static final int FIRST_DYNAMIC = 96;
  private static final double SAMPLES_PER_MILLI = 8;

  static List<SoundPacket> parse(byte[] packet, boolean fromPeer) {
    boolean plain = packet.length > HEADER_BYTES && (packet[0] & 0xFF) == 0x80;
    return plain
        ? List.of(
            new SoundPacket(
                System.nanoTime(),
                fromPeer,
                packet[1] & 0x7F,
                Arrays.copyOfRange(packet, HEADER_BYTES, packet.length)))
        : List.of();
  }

  /// A key that is down (RFC 4733 2.3); nothing else here has a dynamic type and four bytes.
  public boolean isKey() {
    return payloadType >= FIRST_DYNAMIC && payload.length == 4;
  }

  public boolean sounds() {
    return soundMillis() > 0;
  }

  /// Up to its last sample that is louder than -42 dB of full scale. Mu-law, RFC 3551 4.5.14: the
  /// higher the complement, the louder.
  public double soundMillis() {
    if (payloadType != PCMU) {
      return 0;
    }
    int end = payload.length;
    while (end > 0 && (~payload[end - 1] & 0x7F) < 0x1F) {
      end--;
    }
    return end / SAMPLES_PER_MILLI;
  }
}
