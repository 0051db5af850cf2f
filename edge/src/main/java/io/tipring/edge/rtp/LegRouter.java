package io.tipring.edge.rtp;

import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.MediaPlane.Family;
import io.tipring.media.spec.MediaPlane.Reservation;
import io.tipring.media.spec.MediaStats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Knows which leg has which ports and which worker. [#reserve] and [#tell] are the lane's, the
/// rest is called by workers.
///
/// A leg that moves is the new worker's from the moment the lane says so: its commands go there and
/// wait until it arrives, so they stay in order without passing through the old worker.
final class LegRouter {
  /// Commands that may wait in a mailbox; more plays, echoes and digits end as GONE. The others are
  /// bounded by the number of legs and always pass: a lost close would leak a port.
  private static final int MAX_WAITING = 10_000;

  private final PortPool pool;
  private final RtpMeters meters;
  private final Consumer<MediaEvent> events;
  private final Map<String, Leg> legs = new ConcurrentHashMap<>();
  private List<? extends Mailbox> mailboxes = List.of();
  private AtomicIntegerArray loads = new AtomicIntegerArray(0);

  private static final class Leg {
    static final int NONE = -1;
    static final int OVER = -2;

    final Reservation reservation;

    /// Null once a worker or the pool has them.
    private @Nullable PortPair ports;

    volatile boolean opened;

    /// Its number, [#NONE] before it is known and [#OVER] after the end. The lane moves a leg, a
    /// worker ends it, maybe in the same moment: whoever is second sees it here, so that the leg is
    /// taken off the load of exactly one worker.
    final AtomicInteger worker = new AtomicInteger(NONE);

    Leg(Reservation reservation, PortPair ports) {
      this.reservation = reservation;
      this.ports = ports;
    }

    synchronized Optional<PortPair> claim() {
      Optional<PortPair> claimed = Optional.ofNullable(ports);
      ports = null;
      return claimed;
    }
  }

  /// @param events called on the lane and on workers; may only post
  LegRouter(PortPool pool, RtpMeters meters, Consumer<MediaEvent> events) {
    this.pool = pool;
    this.meters = meters;
    this.events = events;
  }

  /// Before anything else, once.
  void deliverTo(List<? extends Mailbox> mailboxes) {
    this.mailboxes = List.copyOf(mailboxes);
    this.loads = new AtomicIntegerArray(mailboxes.size());
  }

  Mailbox mailbox(int worker) {
    return mailboxes.get(worker);
  }

  /// Asking again for the same leg gives the same ports.
  Optional<Reservation> reserve(String leg, Family family) {
    Leg known = legs.get(leg);
    if (known != null) {
      return Optional.of(known.reservation);
    }
    return pool.take(family)
        .map(ports -> {
          Reservation reservation = new Reservation(leg, ports.rtp().port(), ports.rtcp().port());
          legs.put(leg, new Leg(reservation, ports));
          return reservation;
        });
  }

  void tell(MediaCommand command, long nowNanos) {
    Leg leg = legs.get(command.leg());
    if (leg == null) {
      refuse(command);
      return;
    }
    switch (command) {
      case MediaCommand.Open open -> open(leg, open);
      case MediaCommand.Move move -> move(leg, move);
      case MediaCommand.Close(String id) when !leg.opened -> {
        legs.remove(id);
        leg.claim().ifPresent(ports -> pool.rest(ports, nowNanos));
        events.accept(new MediaEvent.Closed(id, MediaStats.NONE));
      }
      case MediaCommand.Close _, MediaCommand.Change _, MediaCommand.Stop _ -> put(leg, command);
      case MediaCommand.Play _, MediaCommand.Echo _, MediaCommand.SendDigits _ -> {
        if (hasRoom(leg)) {
          put(leg, command);
        } else {
          meters.droppedCommands.increment();
          refuse(command);
        }
      }
    }
  }

  private boolean hasRoom(Leg leg) {
    int worker = leg.worker.get();
    return leg.opened && (worker < 0 || mailbox(worker).waiting() < MAX_WAITING);
  }

  private void open(Leg leg, MediaCommand.Open command) {
    if (!leg.opened) {
      leg.opened = true;
      leg.worker.compareAndSet(Leg.NONE, leastLoaded());
      loads.incrementAndGet(leg.worker.get());
    }
    put(leg, command);
  }

  private void move(Leg leg, MediaCommand.Move command) {
    int from = leg.worker.get();
    int to = command.worker();
    if (to < 0 || to >= mailboxes.size()) {
      throw new IllegalArgumentException(
          "there is no media worker " + to + ", only " + mailboxes.size());
    }
    if (!leg.opened) {
      leg.worker.set(to);
      return;
    }
    if (from == to || from == Leg.OVER || !leg.worker.compareAndSet(from, to)) {
      return;
    }
    loads.decrementAndGet(from);
    loads.incrementAndGet(to);
    mailbox(to).put(new WorkerInput.Expect(command.leg()));
    mailbox(from).put(new WorkerInput.Tell(command));
  }

  private void put(Leg leg, MediaCommand command) {
    int worker = leg.worker.get();
    if (leg.opened && worker >= 0) {
      mailbox(worker).put(new WorkerInput.Tell(command));
    } else if (leg.opened) {
      refuse(command); // it has ended since we looked
    }
  }

  private int leastLoaded() {
    int best = 0;
    for (int i = 1; i < loads.length(); i++) {
      if (loads.get(i) < loads.get(best)) {
        best = i;
      }
    }
    return best;
  }

  /// What a leg that is not there is asked to do has ended; what is not asked for an ending needs
  /// none.
  private void refuse(MediaCommand command) {
    switch (command) {
      case MediaCommand.Play(String leg, String ref, _, _) -> gone(leg, ref);
      case MediaCommand.Echo(String leg, String ref) -> gone(leg, ref);
      case MediaCommand.SendDigits(String leg, String ref, _, _, _) -> gone(leg, ref);
      case MediaCommand.Open(String leg, _) ->
          events.accept(new MediaEvent.Closed(leg, MediaStats.NONE));
      case MediaCommand.Change _,
          MediaCommand.Stop _,
          MediaCommand.Move _,
          MediaCommand.Close _ -> {}
    }
  }

  private void gone(String leg, String ref) {
    events.accept(new MediaEvent.Finished(leg, ref, Ending.GONE));
  }

  /// The ports of a reserved leg, once.
  Optional<PortPair> claim(String leg) {
    Leg known = legs.get(leg);
    return known == null ? Optional.empty() : known.claim();
  }

  /// Passes on what a worker reports.
  void report(MediaEvent event) {
    if (event instanceof MediaEvent.Closed(String id, _)) {
      Leg leg = legs.remove(id);
      if (leg != null) {
        loads.decrementAndGet(leg.worker.getAndSet(Leg.OVER));
      }
    }
    events.accept(event);
  }

  /// Ids of all legs with a reservation.
  List<String> legs() {
    return List.copyOf(legs.keySet());
  }

  int load(int worker) {
    return loads.get(worker);
  }
}
