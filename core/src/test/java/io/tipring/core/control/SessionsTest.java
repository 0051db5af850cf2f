package io.tipring.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.call.CallLine;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What becomes of the sessions of a node when one of them breaks, and at the end of all.
class SessionsTest {
  private static final CallId CALL = new CallId("call_1");
  private static final CallSnapshot SNAPSHOT =
      new CallSnapshot(
          CALL,
          Event.Direction.INBOUND,
          "alice",
          "menu",
          Event.CallState.OFFERED,
          List.of(),
          List.of());
  private static final RemoteSettings SETTINGS =
      RemoteSettings.of("menu", URI.create("ws://127.0.0.1/"));

  private final HandLane lane = new HandLane();
  private final List<Throwable> faults = new ArrayList<>();
  private final List<EndReason> terminated = new ArrayList<>();
  private final List<CloseReason> closed = new ArrayList<>();
  private final List<Consumer<LinkEvent>> opened = new ArrayList<>();
  private final Sessions sessions = sessions(this::open);

  private Sessions sessions(Links links) {
    var randomness = new SplittableRandom(1);
    return new Sessions(
        new Sessions.Ground(
            lane, new Ids(randomness::nextBytes, () -> 0), () -> 0, randomness::nextBytes),
        links,
        _ -> {},
        (_, fault) -> faults.add(fault));
  }

  private Links.Link open(Destination to, Consumer<LinkEvent> events) {
    opened.add(events);
    return new Links.Link() {
      @Override
      public void send(Envelope message) {}

      @Override
      public void close(CloseReason why) {
        closed.add(why);
      }
    };
  }

  private RemoteAttendant begin(Sessions of) {
    return of.begin(SETTINGS, new Line(), SNAPSHOT, new Cursor(7, 0), StartReason.CALL);
  }

  private static Journal.Entry entry(long seq, Event event) {
    return new Journal.Entry(CALL, new Cursor(7, seq), 0, 0, event);
  }

  @Test
  void aSessionThatBreaksEndsItsCallAndIsForgotten() {
    Sessions broken =
        sessions((_, _) -> {
          throw new IllegalStateException("no more links");
        });
    RemoteAttendant attendant = begin(broken);
    assertThat(faults).hasSize(1);
    assertThat(terminated).containsExactly(EndReason.INTERNAL_ERROR);
    assertThat(broken.size()).isZero();
    attendant.on(entry(1, new Event.CallChanged(CALL, Event.CallState.RINGING)));
    assertThat(faults).hasSize(1);
    assertThat(lane.alarms()).isZero();
  }

  @Test
  void aSessionThatBreaksClosesItsLink() {
    RemoteAttendant attendant = begin(sessions);
    opened.getFirst().accept(new LinkEvent.Opened());
    attendant.on(entry(5, new Event.CallChanged(CALL, Event.CallState.RINGING))); // after 0
    assertThat(faults).hasSize(1);
    assertThat(closed).containsExactly(CloseReason.GOING_AWAY);
    assertThat(sessions.size()).isZero();
    assertThat(lane.alarms()).isZero();
  }

  @Test
  void drainedIsSaidAtOnceWhenThereIsNone() {
    int[] drained = new int[1];
    sessions.drain(1_000, () -> drained[0]++);
    lane.run(0);
    assertThat(drained[0]).isOne();
    assertThat(lane.alarms()).isZero();
  }

  @Test
  void drainedIsSaidOnceWhenTheLastHasHeardOfItsEnd() {
    int[] drained = new int[1];
    RemoteAttendant attendant = begin(sessions);
    opened.getFirst().accept(new LinkEvent.Opened());
    sessions.drain(1_000, () -> drained[0]++);
    lane.run(999);
    assertThat(drained[0]).isZero();
    attendant.on(entry(1, new Event.CallEnded(CALL, EndReason.SHUTTING_DOWN)));
    assertThat(drained[0]).isOne();
    assertThat(closed).containsExactly(CloseReason.GOING_AWAY);
    lane.run(5_000);
    assertThat(drained[0]).isOne();
  }

  @Test
  void atTheDeadlineThoseThatAreLeftAreToldThatTheExchangeGoesAway() {
    int[] drained = new int[1];
    var _ = begin(sessions);
    opened.getFirst().accept(new LinkEvent.Opened());
    sessions.drain(1_000, () -> drained[0]++);
    lane.run(1_000);
    assertThat(drained[0]).isOne();
    assertThat(closed).containsExactly(CloseReason.GOING_AWAY);
    assertThat(lane.alarms()).isZero();
  }

  private final class Line implements CallLine {
    @Override
    public CallId call() {
      return CALL;
    }

    @Override
    public void ask(OperationId id, Operation operation) {}

    @Override
    public void fallBackTo(String application) {}

    @Override
    public void terminate(EndReason reason) {
      terminated.add(reason);
    }

    @Override
    public CallSnapshot snapshot() {
      return SNAPSHOT;
    }
  }

  /// Turned by hand.
  private static final class HandLane implements Lane {
    private record Turn(long atNanos, long order, Runnable what) {}

    private final PriorityQueue<Turn> turns =
        new PriorityQueue<>(Comparator.comparingLong(Turn::atNanos).thenComparingLong(Turn::order));
    private long now;
    private long order;

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
      Turn later = new Turn(atNanos, order++, turn);
      turns.add(later);
      return () -> turns.remove(later);
    }

    int alarms() {
      return turns.size();
    }

    void run(long untilNanos) {
      while (!turns.isEmpty() && turns.peek().atNanos() <= untilNanos) {
        Turn turn = turns.remove();
        now = turn.atNanos();
        turn.what().run();
      }
      now = untilNanos;
    }
  }
}
