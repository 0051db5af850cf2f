package io.tipring.edge.rtp;

import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaPlane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A media plane without threads: the same sessions, workers and ports as [RtpMediaPlane], ticked
/// by the alarms of a lane. It is what the World runs, on its virtual clock and network; while
/// there are no legs it sets no alarm.
///
/// Belongs to the lane whole. Commands are carried out in a turn of their own, as those of real
/// workers are.
public final class LaneMediaPlane implements MediaPlane {
  private static final String RESOURCE = "media";

  private final Lane lane;
  private final PortPool pool;
  private final RtpMeters meters = new RtpMeters();
  private final LegRouter router;
  private final List<Seat> seats = new ArrayList<>();
  private Lane.@Nullable Alarm alarm;
  private long alarmAtNanos = Long.MAX_VALUE;

  private final class Seat implements Mailbox {
    final Queue<WorkerInput> inputs = new ArrayDeque<>();
    final WorkerDesk desk;

    Seat(PlaneParts parts, MediaPlaneSettings settings) {
      desk = new WorkerDesk(router, Readiness.NONE, parts, settings.rtp(), settings.worker());
    }

    @Override
    public void put(WorkerInput input) {
      inputs.add(input);
      wakeAt(lane.nowNanos());
    }

    @Override
    public int waiting() {
      return inputs.size();
    }
  }

  /// @param events called in turns of the lane; may only post
  public LaneMediaPlane(
      Lane lane,
      MediaPlaneSettings settings,
      DatagramNetwork network,
      Randomness randomness,
      WallClock wallClock,
      Consumer<MediaEvent> events) {
    this.lane = lane;
    this.pool = new PortPool(network, settings.ports(), randomness);
    this.router = new LegRouter(pool, meters, events);
    PlaneParts parts = new PlaneParts(pool, meters, randomness, wallClock, lane::nowNanos);
    for (int i = 0; i < settings.workers(); i++) {
      seats.add(new Seat(parts, settings));
    }
    router.deliverTo(seats);
  }

  @Override
  public Optional<Reservation> reserve(String leg, Family family) {
    var _ = pool.tend(lane.nowNanos());
    return router.reserve(leg, family);
  }

  @Override
  public void tell(MediaCommand command) {
    router.tell(command, lane.nowNanos());
  }

  public RtpMeters meters() {
    return meters;
  }

  /// Ports that rest are looked after only when the next one is reserved.
  public PortPool.Counts ports() {
    return pool.counts();
  }

  private void turn() {
    alarm = null;
    alarmAtNanos = Long.MAX_VALUE;
    long nowNanos = lane.nowNanos();
    boolean took = true;
    while (took) {
      took = false;
      for (Seat seat : seats) {
        for (WorkerInput input = seat.inputs.poll(); input != null; input = seat.inputs.poll()) {
          seat.desk.on(input, nowNanos);
          took = true;
        }
      }
    }
    for (Seat seat : seats) {
      seat.desk.tick(nowNanos);
    }
    for (Seat seat : seats) {
      wakeAt(seat.desk.worker().wakeAtNanos());
    }
  }

  private void wakeAt(long atNanos) {
    if (atNanos >= alarmAtNanos) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
    }
    alarmAtNanos = atNanos;
    alarm = lane.wakeAt(atNanos, RESOURCE, this::turn);
  }

  /// Gives all ports back that no leg has; those of running legs follow when these close.
  public void close() {
    router.legs().forEach(leg -> tell(new MediaCommand.Close(leg)));
    pool.close();
  }
}
