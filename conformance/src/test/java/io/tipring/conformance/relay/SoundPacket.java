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

  /// Whether it sounds, more loudly than -42 dB of full scale at some place. Mu-law, RFC 3551
  /// 4.5.14: the higher the complement, the louder.
  public boolean sounds() {
    if (payloadType != PCMU) {
      return false;
    }
    for (byte sample : payload) {
      if ((~sample & 0x7F) >= 0x1F) {
        return true;
      }
    }
    return false;
  }
}
