package io.tipring.testkit.world;

import io.tipring.core.lane.Lane;

/// A lane of a [World]: the World's clock, the World's queue.
final class WorldLane implements Lane {
  private final World world;

  WorldLane(World world) {
    this.world = world;
  }

  @Override
  public long nowNanos() {
    world.requireOwner();
    return world.nowNanos();
  }

  @Override
  public void post(String resource, Runnable turn) {
    world.post(resource, turn);
  }

  @Override
  public Alarm wakeAt(long atNanos, String resource, Runnable turn) {
    return world.at(atNanos, resource, turn);
  }
}
