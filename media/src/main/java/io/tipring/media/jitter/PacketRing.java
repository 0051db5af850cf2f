package io.tipring.media.jitter;

import io.tipring.media.codec.Codec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The packets that wait to be played, in order of sequence. A packet lies in the slot that its
/// sequence number names, so order and duplicates need no search. The first packet allocates the
/// room for all of them: many legs never get one.
final class PacketRing {
  static final int SLOTS = 32;

  /// 120 ms of G.711. No telephone sends more; what does is not taken.
  static final int LARGEST_PAYLOAD = 960;

  private static final int MASK = SLOTS - 1;
  private static final long EMPTY = Long.MIN_VALUE;
  private static final byte[] NOTHING = {};

  private final long[] sequence = new long[SLOTS];
  private final long[] timestamp = new long[SLOTS];
  private final int[] length = new int[SLOTS];
  private final @Nullable Codec[] codec = new Codec[SLOTS];
  private byte[] payload = NOTHING;
  private long lowest;
  private long highest;
  private int size;

  PacketRing() {
    clear();
  }

  void clear() {
    Arrays.fill(sequence, EMPTY);
    size = 0;
  }

  int size() {
    return size;
  }

  /// Whether a slot is free for it, if need be by forgetting older ones: not when it is older than
  /// all that fit.
  boolean hasRoomFor(long sequenceNumber) {
    return size == 0 || highest - sequenceNumber < SLOTS;
  }

  boolean has(long wanted) {
    return sequence[(int) wanted & MASK] == wanted;
  }

  /// Makes room by forgetting the oldest packets, then takes this one. Not for duplicates, nor for
  /// those without room.
  ///
  /// @param how null for a description of silence, which has no samples
  void put(
      @Nullable Codec how, long sequenceNumber, long time, byte[] buffer, int offset, int count) {
    if (payload.length == 0) {
      payload = new byte[SLOTS * LARGEST_PAYLOAD];
    }
    while (size > 0 && sequenceNumber - lowest >= SLOTS) {
      remove();
    }
    int slot = (int) sequenceNumber & MASK;
    lowest = size == 0 ? sequenceNumber : Math.min(lowest, sequenceNumber);
    highest = size == 0 ? sequenceNumber : Math.max(highest, sequenceNumber);
    sequence[slot] = sequenceNumber;
    timestamp[slot] = time;
    length[slot] = count;
    codec[slot] = how;
    System.arraycopy(buffer, offset, payload, slot * LARGEST_PAYLOAD, count);
    size++;
  }

  /// Sequence number of the oldest packet; only when there is one.
  long headSequence() {
    return lowest;
  }

  /// Time of the oldest packet; only when there is one.
  long headTimestamp() {
    return timestamp[(int) lowest & MASK];
  }

  /// How many samples the oldest packet holds.
  int headSamples() {
    int slot = (int) lowest & MASK;
    Codec how = codec[slot];
    return how == null ? 0 : how.samplesIn(length[slot]);
  }

  /// The first byte of the oldest packet.
  int headByte() {
    return payload[((int) lowest & MASK) * LARGEST_PAYLOAD] & 0xff;
  }

  /// Decodes the oldest packet and forgets it; returns how many samples it had.
  int decode(int[] samples, int at) {
    int slot = (int) lowest & MASK;
    Codec how = codec[slot];
    int n =
        how == null ? 0 : how.decode(payload, slot * LARGEST_PAYLOAD, length[slot], samples, at);
    remove();
    return n;
  }

  /// Forgets the oldest packet.
  void remove() {
    sequence[(int) lowest & MASK] = EMPTY;
    size--;
    while (size > 0 && !has(lowest)) {
      lowest++;
    }
  }
}
