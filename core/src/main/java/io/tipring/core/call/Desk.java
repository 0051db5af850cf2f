package io.tipring.core.call;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.call.LegEvent.LegOffered;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where one call is served: carries out what each of its turns asked for, numbers its events,
/// keeps its alarm, and seats its application. Owner: the exchange lane.
final class Desk {
  private final Call call;
  private final Exchange.Calls calls;
  private final Exchange.Surroundings around;
  private final long epoch;
  private final LooseEnds looseEnds = new LooseEnds();

  /// All that were ever its call's.
  private final List<LegId> legs = new ArrayList<>();

  private Seat seat = new Seat((_, _, _, _) -> NOBODY);
  private long seq;
  private long wallMillis;
  private long alarmNanos = Long.MAX_VALUE;
  private Lane.@Nullable Alarm alarm;
  private boolean closed;

  private static final Attendant NOBODY =
      new Attendant() {
        @Override
        public void on(Journal.Entry entry) {}

        @Override
        public void handedOver() {}
      };

  Desk(Call call, Exchange.Calls calls, Exchange.Surroundings around, long epoch) {
    this.call = call;
    this.calls = calls;
    this.around = around;
    this.epoch = epoch;
  }

  /// The first turn: the call takes its leg, then its application is seated, then told.
  void open(LegOffered offered, Application application) {
    legs.add(offered.leg());
    turn(new CallInput.FromLeg(offered), () -> seat(application, StartReason.CALL));
  }

  void turn(CallInput input) {
    turn(input, () -> {});
  }

  private void turn(CallInput input, Runnable beforeEffects) {
    if (closed) {
      return;
    }
    try {
      List<Effect> effects = call.on(input, calls.lane().nowNanos());
      beforeEffects.run();
      for (Effect effect : effects) {
        carryOut(effect);
      }
    } catch (RuntimeException | Error fault) {
      abandon(fault);
    }
    setAlarm();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Signal(LegCommand command) -> around.signalling().tell(command);
      case Effect.Sound(var command) -> around.media().tell(command);
      case Effect.Announce(Event event) -> announce(event);
      case Effect.Prepare(RunId run, int piece, SoundRequest request) ->
          around
              .sounds()
              .prepare(
                  request,
                  answer -> calls.post(call.id(), new CallInput.Prepared(run, piece, answer)));
      case Effect.HandOver(String application, StartReason reason) -> handOver(application, reason);
      case Effect.Forget _ -> forget();
    }
  }

  private void announce(Event event) {
    wallMillis = Math.max(wallMillis, calls.wallMillis());
    Journal.Entry entry =
        new Journal.Entry(
            call.id(), new Cursor(epoch, ++seq), calls.lane().nowNanos(), wallMillis, event);
    looseEnds.on(event);
    around.journal().append(entry.masked());
    toSeat(seated -> seated.on(entry));
  }

  private void seat(Application application, StartReason reason) {
    Seat next = new Seat(application);
    seat = next;
    CallSnapshot snapshot = call.snapshot();
    Cursor at = new Cursor(epoch, seq);
    toSeat(seated -> seated.attend(new Line(next), snapshot, at, reason));
  }

  private void handOver(String application, StartReason reason) {
    seat.leave();
    toSeat(Seat::handedOver);
    Optional<Application> next = calls.named(application);
    if (next.isPresent()) {
      seat(next.get(), reason);
    } else {
      calls.post(call.id(), new CallInput.Terminate(EndReason.APP_LOST));
    }
  }

  /// Tells the application, which is code of somebody else's, in a turn of its own.
  private void toSeat(Consumer<Seat> what) {
    Seat seated = seat;
    calls
        .lane()
        .post(
            call.id().value(),
            () -> {
              try {
                what.accept(seated);
              } catch (RuntimeException | Error fault) {
                calls.fault(call.id(), fault);
                turn(new CallInput.Terminate(EndReason.INTERNAL_ERROR));
              }
            });
  }

  /// A turn has thrown, and what it asked for may be lost: every leg is hung up, and everything
  /// that was announced gets its end. Whatever throws now as well, the call is forgotten.
  private void abandon(Throwable fault) {
    try {
      calls.fault(call.id(), fault);
      for (LegId leg : call.legs()) {
        tryTo(new Effect.Signal(new LegCommand.HangUpLeg(leg, EndReason.INTERNAL_ERROR)));
      }
      for (Event end : looseEnds.ends(EndReason.INTERNAL_ERROR)) {
        tryTo(new Effect.Announce(end));
      }
    } finally {
      forget();
    }
  }

  private void tryTo(Effect effect) {
    try {
      carryOut(effect);
    } catch (RuntimeException | Error another) {
      calls.fault(call.id(), another);
    }
  }

  private void forget() {
    closed = true;
    calls.forget(call.id(), legs);
  }

  private void setAlarm() {
    long at = closed ? Long.MAX_VALUE : call.wakeAtNanos();
    if (at == alarmNanos) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    alarmNanos = at;
    if (at != Long.MAX_VALUE) {
      alarm =
          calls
              .lane()
              .wakeAt(
                  at,
                  call.id().value(),
                  () -> {
                    alarmNanos = Long.MAX_VALUE;
                    alarm = null;
                    turn(new CallInput.Woken());
                  });
    }
  }

  /// What the one in `holder` may do; nothing any more once another sits there.
  private final class Line implements CallLine {
    private final Seat holder;

    Line(Seat holder) {
      this.holder = holder;
    }

    @Override
    public CallId call() {
      return call.id();
    }

    @Override
    public void ask(OperationId id, Operation operation) {
      post(new CallInput.Asked(id, operation));
    }

    @Override
    public void fallBackTo(String application) {
      post(new CallInput.FallBack(application));
    }

    @Override
    public void terminate(EndReason reason) {
      post(new CallInput.Terminate(reason));
    }

    @Override
    public CallSnapshot snapshot() {
      return call.snapshot();
    }

    private void post(CallInput input) {
      calls
          .lane()
          .post(
              call.id().value(),
              () -> {
                if (holder.taken()) {
                  turn(input);
                }
              });
    }
  }
}
