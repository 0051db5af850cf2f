package io.tipring.testkit.world;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// The virtual wall clock of a [World].
final class WorldClock extends Clock {
  private final World world;
  private final ZoneId zone;

  WorldClock(World world, ZoneId zone) {
    this.world = world;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new WorldClock(world, other);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(world.wallMillis());
  }
}
