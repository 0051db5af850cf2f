package io.tipring.conformance.relay;

import java.util.OptionalLong;
import java.util.Random;

/// Decides the fate of each datagram of one direction, in the order of their coming.
final class Dice {
  private final BadLine line;
  private final Random random;

  Dice(BadLine line, int direction) {
    this.line = line;
    this.random = new Random(line.seed() * 31 + direction);
  }

  /// After how many nanoseconds it arrives; empty when it is lost.
  synchronized OptionalLong throwOnce() {
    boolean lost = random.nextDouble() < line.loss();
    boolean late = random.nextDouble() < line.reorder();
    return lost
        ? OptionalLong.empty()
        : OptionalLong.of(line.delay().toNanos() + (late ? line.holdBack().toNanos() : 0));
  }
}
