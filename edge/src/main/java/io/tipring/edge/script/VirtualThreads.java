package io.tipring.edge.script;

import java.util.concurrent.locks.LockSupport;

/// Virtual threads, as many as there are scripts.
public final class VirtualThreads implements ScriptThreads {
  @Override
  public ScriptThread make(String name, Runnable body) {
    return new VirtualThread(Thread.ofVirtual().name(name).unstarted(body));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  private record VirtualThread(Thread thread) implements ScriptThread {
    @Override
    public void start() {
      thread.start();
    }

    @Override
    public void park(long nanos) {
      // An interrupt is for what waits elsewhere; here it would let every wait return at once.
      boolean interrupted = Thread.interrupted();
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, nanos);
      }
      if (interrupted) {
        thread.interrupt();
      }
    }

    @Override
    public void wake() {
      LockSupport.unpark(thread);
    }

    @Override
    public void interrupt() {
      thread.interrupt();
    }

    @Override
    public StackTraceElement[] stack() {
      return thread.getStackTrace();
    }
  }
}
