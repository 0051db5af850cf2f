package io.tipring.media.jitter;

/// Faint noise instead of dead silence while nothing comes, as loud as the quietest that was heard
/// from there, so that nobody thinks that the line is cut.
final class ComfortNoise {
  /// Nobody wants to hear a loud place's noise for ever: about -62 dBm0.
  private static final double LOUDEST = 32;

  private static final double RISE_PER_FRAME = 1.01;

  private long state;
  private double floor;

  ComfortNoise(long seed) {
    state = seed * 0x9E3779B97F4A7C15L | 1;
  }

  /// Learns from real sound: the level falls at once and rises slowly.
  void listen(int[] samples, int from, int count) {
    long energy = 0;
    for (int i = from; i < from + count; i++) {
      energy += (long) samples[i] * samples[i];
    }
    double level = Math.sqrt((double) energy / count);
    floor = Math.clamp(level, 0, Math.min(LOUDEST, floor * RISE_PER_FRAME + 0.01));
  }

  /// A level that the peer named (RFC 3389).
  void level(double rms) {
    floor = Math.clamp(rms, 0, LOUDEST);
  }

  /// The next sample: even noise has a peak of the square root of three times its level.
  int next() {
    state ^= state << 13;
    state ^= state >>> 7;
    state ^= state << 17;
    return (int) (floor * 1.732 * ((state >> 40) / (double) (1 << 23)));
  }
}
