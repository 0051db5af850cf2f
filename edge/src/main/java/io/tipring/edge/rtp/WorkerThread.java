package io.tipring.edge.rtp;

import io.tipring.media.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A platform thread with one selector and one worker (ADR 0010). Every 5 ms it asks the selector
/// once which sockets have something and lets the worker tick; it never waits in the selector,
/// since waking up for each packet of each leg costs more than the packet. Without legs it is
/// parked.
///
/// Owner of everything its [WorkerDesk] holds; its mailbox takes inputs from any thread.
final class WorkerThread implements Mailbox, Readiness {
  private static final System.Logger LOG = System.getLogger(WorkerThread.class.getName());
  private static final long IDLE_NANOS = 1_000_000_000L;

  /// What is taken from the mailbox before sound has its turn again.
  private static final int MAX_INPUTS = 256;

  private final Queue<WorkerInput> inputs = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Selector selector;
  private final Thread thread;

  /// Parked, and nothing to tick for. A thread that ticks is not woken: whatever it is told changes
  /// nothing before its next tick, and to wake it costs more than most commands.
  private volatile boolean idle;

  private volatile long failures;
  private @Nullable WorkerDesk desk;
  private boolean retiring;

  WorkerThread(int number) throws IOException {
    selector = Selector.open();
    thread = Thread.ofPlatform().name("media-" + number).daemon().unstarted(this::run);
  }

  void start(WorkerDesk desk) {
    this.desk = desk;
    thread.start();
  }

  @Override
  public void put(WorkerInput input) {
    waiting.incrementAndGet();
    inputs.add(input);
    if (idle) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public int waiting() {
    return waiting.get();
  }

  /// Turns that threw; the thread lives on.
  long failures() {
    return failures;
  }

  /// Waits until the thread has ended; false when it did not in time.
  boolean join(Duration deadline) throws InterruptedException {
    return thread.join(deadline);
  }

  private void run() {
    WorkerDesk own = desk;
    if (own == null) {
      throw new IllegalStateException("started without a desk");
    }
    while (!retiring || !own.isIdle() || !inputs.isEmpty()) {
      long nowNanos = System.nanoTime();
      takeInputs(own, nowNanos);
      guarded(() -> select(nowNanos));
      guarded(() -> own.tick(nowNanos));
      park(own);
    }
    try {
      selector.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "media selector did not close", e);
    }
  }

  private void takeInputs(WorkerDesk own, long nowNanos) {
    for (int i = 0; i < MAX_INPUTS; i++) {
      WorkerInput input = inputs.poll();
      if (input == null) {
        return;
      }
      waiting.decrementAndGet();
      retiring |= input instanceof WorkerInput.Retire;
      guarded(() -> own.on(input, nowNanos));
    }
  }

  private void select(long nowNanos) {
    try {
      UdpPort.select(selector, nowNanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A fault in one turn must not end the sound of every other leg, and an error is no better
  /// reason: the leg whose it was has been closed, which ends its call. When memory runs out the
  /// JVM ends the process.
  @SuppressWarnings("NonAtomicVolatileUpdate") // written by this thread only
  private void guarded(Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException | Error e) {
      failures++;
      if (Long.bitCount(failures) == 1) {
        LOG.log(
            System.Logger.Level.ERROR, "media worker: a turn failed, " + failures + " so far", e);
      }
    }
  }

  private void park(WorkerDesk own) {
    long pause = IDLE_NANOS;
    long wakeAtNanos = own.worker().wakeAtNanos();
    if (wakeAtNanos != Long.MAX_VALUE) {
      // Not longer than a bucket: the selector tells arrival times to the same precision.
      pause = Math.min(wakeAtNanos - System.nanoTime(), Worker.BUCKET_NANOS);
    }
    if (pause <= 0) {
      return;
    }
    idle = wakeAtNanos == Long.MAX_VALUE;
    if (inputs.isEmpty() && !(retiring && own.isIdle())) {
      LockSupport.parkNanos(this, pause);
    }
    idle = false;
  }

  @Override
  public void watch(PortPair ports, long nowNanos) {
    register(ports.rtp(), nowNanos);
    register(ports.rtcp(), nowNanos);
  }

  private void register(DatagramIo io, long nowNanos) {
    if (io instanceof UdpPort port) {
      port.register(selector, nowNanos);
    }
  }

  @Override
  public void unwatch(PortPair ports) {
    deregister(ports.rtp());
    deregister(ports.rtcp());
  }

  private static void deregister(DatagramIo io) {
    if (io instanceof UdpPort port) {
      port.deregister();
    }
  }
}
