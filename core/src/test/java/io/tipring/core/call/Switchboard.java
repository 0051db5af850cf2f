package io.tipring.core.call;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.LegId;
import io.tipring.core.journal.Journal.Entry;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaPlane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// An exchange between two patch bays that only remember what they were told, on a lane that a test
/// turns by hand.
final class Switchboard implements Lane {
  private record Turn(long atNanos, long order, Runnable what) {}

  final List<LegCommand> signalled = new ArrayList<>();
  final List<MediaCommand> sounded = new ArrayList<>();
  final List<Entry> journal = new ArrayList<>();
  final List<Throwable> faults = new ArrayList<>();
  final Exchange exchange;

  /// Commands at which signalling throws.
  Predicate<LegCommand> broken = _ -> false;

  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>(Comparator.comparingLong(Turn::atNanos).thenComparingLong(Turn::order));
  private long now;
  private long order;

  Switchboard(long seed, CallLimits limits, CallApp app) {
    this(seed, limits, CallAppAttendant.application(() -> app), Sounds.NONE);
  }

  /// @param app answers every name but `nobody`
  Switchboard(long seed, CallLimits limits, Application app, Sounds sounds) {
    SplittableRandom random = new SplittableRandom(seed);
    Randomness randomness = random::nextBytes;
    exchange =
        new Exchange(
            new Exchange.Ground(
                this, new Ids(randomness, () -> now / 1_000_000), () -> now / 1_000_000),
            new Exchange.Surroundings(
                this::signal,
                new Deaf(),
                Directory.byName(
                    name -> name.equals("nobody") ? Optional.empty() : Optional.of(app)),
                sounds,
                journal::add),
            limits,
            (_, fault) -> faults.add(fault));
  }

  private void signal(LegCommand command) {
    signalled.add(command);
    if (broken.test(command)) {
      throw new IllegalStateException("broken at " + command);
    }
  }

  @Override
  public long nowNanos() {
    return now;
  }

  @Override
  public void post(String resource, Runnable turn) {
    turns.add(new Turn(now, order++, turn));
  }

  @Override
  public Alarm wakeAt(long atNanos, String resource, Runnable turn) {
    Turn later = new Turn(Math.max(now, atNanos), order++, turn);
    turns.add(later);
    return () -> turns.remove(later);
  }

  /// Runs what is due, and lets `seconds` pass.
  void run(long seconds) {
    runMillis(seconds * 1_000);
  }

  void runMillis(long millis) {
    long until = now + millis * 1_000_000L;
    while (!turns.isEmpty() && turns.peek().atNanos <= until) {
      Turn turn = turns.remove();
      now = turn.atNanos;
      turn.what.run();
    }
    now = until;
  }

  void offer(LegId leg, String user) {
    exchange.tell(new LegEvent.LegOffered(leg, user, "127.0.0.1", "alice"));
    run(0);
  }

  void leg(LegEvent event) {
    exchange.tell(event);
    run(0);
  }

  List<Event> events() {
    return journal.stream().map(Entry::event).toList();
  }

  private final class Deaf implements MediaPlane {
    @Override
    public Optional<Reservation> reserve(String leg, Family family) {
      return Optional.of(new Reservation(leg, 20000, 20001));
    }

    @Override
    public void tell(MediaCommand command) {
      sounded.add(command);
    }
  }
}
