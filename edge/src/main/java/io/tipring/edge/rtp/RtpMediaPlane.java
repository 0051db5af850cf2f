package io.tipring.edge.rtp;

import io.tipring.core.lane.Randomness;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaPlane;
import io.tipring.media.worker.Lateness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The media plane in production: worker threads, a thread that keeps ports in stock, UDP sockets.
public final class RtpMediaPlane implements MediaPlane, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RtpMediaPlane.class.getName());
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);
  private static final long TEND_NANOS = 100_000_000L;

  private final PortPool pool;
  private final RtpMeters meters = new RtpMeters();
  private final LegRouter router;
  private final List<WorkerThread> threads = new ArrayList<>();
  private final List<WorkerDesk> desks = new ArrayList<>();
  private final Thread keeper;
  private volatile boolean closing;

  private RtpMediaPlane(
      MediaPlaneSettings settings,
      DatagramNetwork network,
      Randomness randomness,
      WallClock wallClock,
      Consumer<MediaEvent> events)
      throws IOException {
    pool = new PortPool(network, settings.ports(), randomness);
    router = new LegRouter(pool, meters, events);
    PlaneParts parts = new PlaneParts(pool, meters, randomness, wallClock, System::nanoTime);
    for (int i = 0; i < settings.workers(); i++) {
      WorkerThread thread = new WorkerThread(i);
      threads.add(thread);
      desks.add(new WorkerDesk(router, thread, parts, settings.rtp(), settings.worker()));
    }
    router.deliverTo(threads);
    keeper = Thread.ofPlatform().name("rtp-ports").daemon().unstarted(this::keepPorts);
  }

  /// @param network where ports are bound
  /// @param randomness asked by several threads
  /// @param events called on the lane and on worker threads; may only post
  /// @throws IOException when no port of the range can be bound
  public static RtpMediaPlane start(
      MediaPlaneSettings settings,
      DatagramNetwork network,
      Randomness randomness,
      WallClock wallClock,
      Consumer<MediaEvent> events)
      throws IOException {
    RtpMediaPlane plane = new RtpMediaPlane(settings, network, randomness, wallClock, events);
    var _ = plane.pool.tend(System.nanoTime());
    if (plane.pool.counts().ready() == 0) {
      throw new IOException(
          "no pair of UDP ports could be bound from "
              + settings.ports().first()
              + " to "
              + settings.ports().last());
    }
    for (int i = 0; i < plane.threads.size(); i++) {
      plane.threads.get(i).start(plane.desks.get(i));
    }
    plane.keeper.start();
    return plane;
  }

  private void keepPorts() {
    while (!closing) {
      try {
        pool.tend(System.nanoTime());
      } catch (RuntimeException | Error e) {
        // Without this thread the stock runs dry, and with it every new call.
        LOG.log(System.Logger.Level.ERROR, "tending media ports failed", e);
      }
      LockSupport.parkNanos(this, TEND_NANOS);
    }
    pool.close();
  }

  @Override
  public Optional<Reservation> reserve(String leg, Family family) {
    Optional<Reservation> reservation = router.reserve(leg, family);
    if (pool.isLow(family)) {
      LockSupport.unpark(keeper);
    }
    return reservation;
  }

  @Override
  public void tell(MediaCommand command) {
    router.tell(command, System.nanoTime());
  }

  public RtpMeters meters() {
    return meters;
  }

  public PortPool.Counts ports() {
    return pool.counts();
  }

  /// How late each worker's ticks were.
  public List<Lateness> lateness() {
    return desks.stream().map(desk -> desk.worker().lateness()).toList();
  }

  /// How many legs each worker has.
  public List<Integer> legs() {
    List<Integer> legs = new ArrayList<>();
    for (int i = 0; i < threads.size(); i++) {
      legs.add(router.load(i));
    }
    return legs;
  }

  /// Turns of workers that threw.
  public long failures() {
    return threads.stream().mapToLong(WorkerThread::failures).sum();
  }

  /// Closes every leg and gives all ports back. Comes after the lane has ended: nobody reserves or
  /// tells any more.
  ///
  /// @return whether all threads had ended by the deadline
  public boolean close(Duration deadline) throws InterruptedException {
    long until = System.nanoTime() + deadline.toNanos();
    router.legs().forEach(leg -> tell(new MediaCommand.Close(leg)));
    threads.forEach(thread -> thread.put(new WorkerInput.Retire()));
    boolean ended = true;
    try {
      for (WorkerThread thread : threads) {
        ended &= thread.join(left(until));
      }
    } finally {
      closing = true;
      LockSupport.unpark(keeper);
    }
    return keeper.join(left(until)) && ended;
  }

  private static Duration left(long untilNanos) {
    return Duration.ofNanos(Math.max(1, untilNanos - System.nanoTime()));
  }

  /// Waits two seconds at most.
  @Override
  public void close() {
    try {
      var _ = close(CLOSE_DEADLINE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
