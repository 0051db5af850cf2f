package io.tipring.testkit.application;

import io.tipring.core.lane.Lane;
import io.tipring.edge.script.ScriptThreads;
import io.tipring.testkit.world.Baton;
import io.tipring.testkit.world.World;
import org.jspecify.annotations.Nullable;

/// Threads of scripts in a World: each has a [Baton], and waits in virtual time.
public final class VirtualScripts implements ScriptThreads {
  private final World world;

  public VirtualScripts(World world) {
    this.world = world;
  }

  @Override
  public ScriptThread make(String name, Runnable body) {
    return new VirtualScript(name, body);
  }

  @Override
  public long nanoTime() {
    return world.nowNanos();
  }

  private final class VirtualScript implements ScriptThread {
    private final String name;
    private final Baton baton;
    private boolean woken;
    private Lane.@Nullable Alarm alarm;

    VirtualScript(String name, Runnable body) {
      this.name = name;
      baton = new Baton(world, name, body);
    }

    @Override
    public void start() {
      baton.hand();
    }

    @Override
    public void park(long nanos) {
      if (!woken) {
        long end = world.nowNanos() + nanos;
        alarm =
            end < 0 ? null : world.at(end, name, this::wake); // for ever is past the last moment
        baton.giveBack();
        if (alarm != null) {
          alarm.cancel();
        }
      }
      woken = false;
    }

    @Override
    public void wake() {
      woken = true;
      if (!baton.isHeld()) {
        baton.hand();
      }
    }

    @Override
    public void interrupt() {
      throw new AssertionError("the script of " + name + " goes on after its call");
    }

    @Override
    public StackTraceElement[] stack() {
      return baton.stack();
    }
  }
}
