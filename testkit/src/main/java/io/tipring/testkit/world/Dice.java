package io.tipring.testkit.world;

import io.tipring.core.lane.Randomness;
import java.nio.charset.StandardCharsets;

/// Chance that can be repeated: SplitMix64 over a seed, the same in every process and Java release.
///
/// Whoever needs chance takes dice of his own by name ([#named]), so that one more throw by one of
/// them does not change what all the others see.
public final class Dice implements Randomness {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final long seed;
  private long state;

  public Dice(long seed) {
    this.seed = seed;
    this.state = mix(seed + GOLDEN_GAMMA);
  }

  /// Fresh dice that depend on the seed and `name` only, not on throws made so far.
  public Dice named(String name) {
    long hash = FNV_OFFSET;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return new Dice(mix(seed) ^ hash);
  }

  @Override
  public void fill(byte[] bytes) {
    long word = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i % Long.BYTES == 0) {
        word = nextLong();
      }
      bytes[i] = (byte) word;
      word >>>= Byte.SIZE;
    }
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /// Even over 0 until `bound`, which must be positive.
  public long below(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, is " + bound);
    }
    return Math.unsignedMultiplyHigh(nextLong(), bound);
  }

  /// Even over 0.0 until 1.0.
  public double fraction() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /// True with `probability` (0.0 never, 1.0 always). Throws even when the answer is certain, so
  /// that a change of one probability does not shift all later throws.
  public boolean chance(double probability) {
    return fraction() < probability;
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
