package io.tipring.bench;

import java.nio.ByteBuffer;

/// What one caller sends: a packet of quiet noise every 20 ms, or a key in its place.
final class Speech {
  private static final int SAMPLES = 160;
  private static final int HEADER = 12;

  /// Five packets of the key, and its end said three times (RFC 4733 2.5.1.4).
  private static final int KEY_PACKETS = 8;

  private static final int KEY_SAMPLES = 5 * SAMPLES;

  /// Of PCMU: up to here it is as quiet as noise on a line.
  private static final int QUIET = 16;

  private final ByteBuffer packet = ByteBuffer.allocateDirect(HEADER + SAMPLES);
  private int sequence;
  private int key;
  private int keyPackets;
  private int keyStart;

  /// From the next packet on.
  void press(int digit) {
    key = digit;
    keyPackets = KEY_PACKETS;
    keyStart = sequence * SAMPLES;
  }

  ByteBuffer next() {
    packet.clear();
    boolean isKey = keyPackets > 0;
    int payload = isKey ? 101 | (keyPackets == KEY_PACKETS ? 0x80 : 0) : 0;
    packet.put((byte) 0x80).put((byte) payload).putShort((short) sequence);
    packet.putInt(isKey ? keyStart : sequence * SAMPLES).putInt(System.identityHashCode(this));
    if (isKey) {
      boolean isEnd = keyPackets <= 3;
      int samples = isEnd ? KEY_SAMPLES : (KEY_PACKETS - keyPackets + 1) * SAMPLES;
      packet.put((byte) key).put((byte) (isEnd ? 0x8a : 0x0a)).putShort((short) samples);
      keyPackets--;
    } else {
      while (packet.hasRemaining()) {
        packet.put((byte) (0xf0 | (packet.position() & 0x0f)));
      }
    }
    sequence++;
    return packet.flip();
  }

  /// Whether somebody would hear what is in a packet of PCMU.
  static boolean isAudible(ByteBuffer received) {
    if (received.remaining() <= HEADER || (received.get(1) & 0x7f) != 0) {
      return false;
    }
    for (int i = HEADER; i < received.limit(); i++) {
      if ((~received.get(i) & 0x7f) >= QUIET) {
        return true;
      }
    }
    return false;
  }
}
