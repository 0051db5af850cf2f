package io.tipring.testkit.net;

import io.tipring.testkit.world.Dice;
import java.time.Duration;

/// One direction between two hosts, with its own dice: decides when, how often and whether a
/// datagram arrives.
final class Link {
  private final Dice dice;
  private boolean bad;
  private long lastArrivalNanos = Long.MIN_VALUE;

  Link(Dice dice) {
    this.dice = dice;
  }

  /// When the datagram sent at `nowNanos` arrives: no, one or two times.
  long[] arrivals(long nowNanos, Impairments impairments) {
    boolean lost = losesNext(impairments);
    boolean twice = dice.chance(impairments.duplicate());
    boolean heldBack = dice.chance(impairments.reorder());
    long first = nowNanos + impairments.latency().toNanos() + upTo(impairments.jitter());
    long second = nowNanos + impairments.latency().toNanos() + upTo(impairments.jitter());
    if (lost) {
      return new long[0];
    }
    if (heldBack) {
      first += impairments.latency().toNanos();
    } else {
      first = Math.max(first, lastArrivalNanos);
      lastArrivalNanos = first;
    }
    return twice ? new long[] {first, Math.max(first, second)} : new long[] {first};
  }

  private boolean losesNext(Impairments impairments) {
    Impairments.Bursts bursts = impairments.bursts();
    boolean turns = dice.chance(bad ? bursts.leave() : bursts.enter());
    bad ^= turns;
    boolean lostInBurst = dice.chance(bursts.loss());
    boolean lostAlone = dice.chance(impairments.loss());
    return (bad && lostInBurst) || lostAlone;
  }

  private long upTo(Duration most) {
    return dice.below(most.toNanos() + 1);
  }
}
