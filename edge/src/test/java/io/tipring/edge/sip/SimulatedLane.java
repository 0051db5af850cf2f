package io.tipring.edge.sip;

import io.tipring.core.lane.Lane;
import io.tipring.core.lane.TimerWheel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// A lane whose clock moves when the test says so.
final class SimulatedLane implements Lane {
  private final Queue<Runnable> posted = new ArrayDeque<>();
  private final TimerWheel wheel;
  private long now;

  SimulatedLane(long startNanos) {
    now = startNanos;
    wheel = new TimerWheel(now);
  }

  @Override
  public long nowNanos() {
    return now;
  }

  @Override
  public void post(String resource, Runnable turn) {
    posted.add(turn);
  }

  @Override
  public Alarm wakeAt(long atNanos, String resource, Runnable turn) {
    return wheel.schedule(atNanos, resource, turn);
  }

  int armed() {
    return wheel.size();
  }

  /// Runs everything that is due until then, in the order of time.
  void pass(Duration time) {
    long until = now + time.toNanos();
    drain();
    while (wheel.hasWork() && wheel.nextWorkNanos() <= until) {
      now = Math.max(now, wheel.nextWorkNanos());
      TimerWheel.Timer due = wheel.poll(now);
      if (due != null) {
        due.turn().run();
        drain();
      }
    }
    now = until;
    drain();
  }

  void drain() {
    for (Runnable turn = posted.poll(); turn != null; turn = posted.poll()) {
      turn.run();
    }
  }
}
