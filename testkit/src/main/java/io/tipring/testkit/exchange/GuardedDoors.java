package io.tipring.testkit.exchange;

import io.tipring.edge.sip.door.BoundedLog;
import io.tipring.edge.sip.door.OverloadDoor;
import io.tipring.edge.sip.door.ScanGuard;
import io.tipring.edge.sip.door.SipDoor;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.Inlet;
import io.tipring.testkit.world.World;
import java.net.InetAddress;
import java.time.Duration;

/// The doors of production, on the World's clock. Nobody is exempt.
public final class GuardedDoors implements Doors {
  private final World world;
  private final ScanGuard guard;

  public GuardedDoors(World world) {
    this.world = world;
    guard = new ScanGuard(ScanGuard.Settings.STANDARD, _ -> false, world::nowNanos);
  }

  @Override
  public Inlet of(Arrivals arrivals) {
    OverloadDoor overload =
        new OverloadDoor(
            () -> 0, () -> 0, OverloadDoor.Watermark.STANDARD, world.randomness("door").nextLong());
    BoundedLog log =
        new BoundedLog(
            line -> world.note("door", line), 10, Duration.ofMinutes(1), 200, world::nowNanos);
    return new SipDoor(_ -> true, guard, overload, arrivals, log);
  }

  @Override
  public void offence(InetAddress source) {
    guard.offend(source);
  }

  /// How often a source began to be silenced.
  public long scanners() {
    return guard.scanners();
  }
}
