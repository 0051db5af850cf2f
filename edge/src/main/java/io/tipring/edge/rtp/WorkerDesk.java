package io.tipring.edge.rtp;

import io.tipring.edge.rtp.RtpSession.Surroundings;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaSpec;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.worker.Host;
import io.tipring.media.worker.PacketIo;
import io.tipring.media.worker.Pipeline;
import io.tipring.media.worker.Worker;
import io.tipring.media.worker.WorkerSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A worker with what it needs around it: opens sessions, hands pipelines over, holds back the
/// commands of legs that are still on their way. Has no thread; whoever owns it calls [#on] and
/// [#tick].
final class WorkerDesk implements Host {
  private final LegRouter router;
  private final Readiness readiness;
  private final RtpSettings settings;
  private final PlaneParts parts;
  private final Worker worker;

  /// What came for legs that are on their way here, in order. An [WorkerInput.Expect] among it
  /// means that the leg will have left again by then, and comes back.
  private final Map<String, Deque<WorkerInput>> expected = new HashMap<>();

  private long nowNanos;
  private boolean handedOver;

  WorkerDesk(
      LegRouter router,
      Readiness readiness,
      PlaneParts parts,
      RtpSettings settings,
      WorkerSettings workerSettings) {
    this.router = router;
    this.readiness = readiness;
    this.parts = parts;
    this.settings = settings;
    this.worker = new Worker(this, router::report, workerSettings);
  }

  void on(WorkerInput input, long nowNanos) {
    this.nowNanos = nowNanos;
    switch (input) {
      case WorkerInput.Tell tell -> {
        Deque<WorkerInput> waiting = expected.get(tell.command().leg());
        if (waiting == null) {
          tell(tell.command());
        } else {
          waiting.add(tell);
        }
      }
      case WorkerInput.Expect expect -> {
        Deque<WorkerInput> waiting = expected.putIfAbsent(expect.leg(), new ArrayDeque<>());
        if (waiting != null) {
          waiting.add(expect);
        }
      }
      case WorkerInput.Arrive(String leg, Optional<Pipeline> pipeline) -> arrive(leg, pipeline);
      case WorkerInput.Retire _ -> {}
    }
  }

  private void tell(MediaCommand command) {
    handedOver = false;
    worker.tell(command, nowNanos);
    if (command instanceof MediaCommand.Move(String leg, int to) && !handedOver) {
      // It ended before it could move: the other worker waits for it and must know.
      router.mailbox(to).put(new WorkerInput.Arrive(leg, Optional.empty()));
    }
  }

  private void arrive(String leg, Optional<Pipeline> pipeline) {
    if (pipeline.isPresent()) {
      // First of all it is somebody's: ports that nobody watches are still asked at each tick.
      worker.attach(pipeline.get(), nowNanos);
      if (pipeline.get().packets() instanceof RtpSession session) {
        readiness.watch(session.ports(), nowNanos);
      }
    }
    Deque<WorkerInput> waiting = expected.remove(leg);
    while (waiting != null && !waiting.isEmpty()) {
      if (waiting.remove() instanceof WorkerInput.Tell(MediaCommand command)) {
        tell(command);
      } else {
        expected.put(leg, waiting);
        return;
      }
    }
  }

  @Override
  public Optional<PacketIo> open(String leg, MediaSpec spec) {
    Optional<PortPair> ports = router.claim(leg);
    if (ports.isEmpty()) {
      return Optional.empty();
    }
    Surroundings surroundings =
        new Surroundings(
            settings, parts.meters(), parts.randomness(), parts.wallClock(), this::giveBack);
    try {
      RtpSession session = new RtpSession(ports.get(), spec, surroundings, nowNanos);
      readiness.watch(ports.get(), nowNanos);
      return Optional.of(session);
    } catch (IllegalArgumentException _) {
      // The peer's host is a name, not an address: there is nobody to talk to.
      giveBack(ports.get());
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      // Nobody else has them, and nobody else could tell the call.
      giveBack(ports.get());
      router.report(new MediaEvent.Closed(leg, MediaStats.NONE));
      throw e;
    }
  }

  private void giveBack(PortPair ports) {
    readiness.unwatch(ports);
    parts.pool().rest(ports, parts.clock().getAsLong());
  }

  @Override
  public void handOver(Pipeline pipeline, int to) {
    handedOver = true;
    if (pipeline.packets() instanceof RtpSession session) {
      readiness.unwatch(session.ports());
    }
    router.mailbox(to).put(new WorkerInput.Arrive(pipeline.leg(), Optional.of(pipeline)));
  }

  void tick(long nowNanos) {
    this.nowNanos = nowNanos;
    worker.tick(nowNanos);
  }

  Worker worker() {
    return worker;
  }

  /// Nothing lives here and nothing is on its way here.
  boolean isIdle() {
    return worker.legs() == 0 && expected.isEmpty();
  }
}
