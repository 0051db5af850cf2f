package io.tipring.core.call;

import io.tipring.api.CallApp;
import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.core.call.LegEvent.LegOffered;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaPlane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The calls of one node: finds the call that an input is for, gives it its turn, carries out what
/// it asked. Owner: the exchange lane. A call that throws is ended, and nobody else notices.
public final class Exchange {
  private final Lane lane;
  private final Ids ids;
  private final Signalling signalling;
  private final MediaPlane media;
  private final Directory directory;
  private final Sounds sounds;
  private final Journal journal;
  private final CallLimits limits;
  private final BiConsumer<CallId, Throwable> faults;

  private final SequencedMap<CallId, Desk> calls = new LinkedHashMap<>();
  private final SequencedMap<LegId, CallId> callsByLeg = new LinkedHashMap<>();
  private @Nullable Runnable drained;

  /// What the exchange stands between.
  public record Surroundings(
      Signalling signalling,
      MediaPlane media,
      Directory directory,
      Sounds sounds,
      Journal journal) {}

  public Exchange(
      Lane lane,
      Ids ids,
      Surroundings around,
      CallLimits limits,
      BiConsumer<CallId, Throwable> faults) {
    this.lane = lane;
    this.ids = ids;
    this.signalling = around.signalling();
    this.media = around.media();
    this.directory = around.directory();
    this.sounds = around.sounds();
    this.journal = around.journal();
    this.limits = limits;
    this.faults = faults;
  }

  /// Calls that have not ended yet. Only on the lane.
  public int size() {
    return calls.size();
  }

  /// Signalling says something about a leg. Only on the lane; the call's turn comes after the
  /// current one.
  public void tell(LegEvent event) {
    // The call is looked up in the leg's own turn: a CANCEL right behind its INVITE would otherwise
    // overtake the offer, find no call, and leave one behind whose leg is gone.
    lane.post(event.leg().value(), () -> onLeg(event));
  }

  private void onLeg(LegEvent event) {
    if (event instanceof LegOffered offered) {
      offer(offered);
    } else {
      toCallOf(event.leg(), new CallInput.FromLeg(event));
    }
  }

  /// The media plane says something about a leg. Only on the lane.
  public void tell(MediaEvent event) {
    toCallOf(new LegId(event.leg()), new CallInput.FromMedia(event));
  }

  /// Takes no new calls; at `deadlineNanos` ends those that are left. `whenEmpty` runs on the lane,
  /// once.
  public void drain(long deadlineNanos, Runnable whenEmpty) {
    drained = whenEmpty;
    lane.wakeAt(
        deadlineNanos,
        "exchange",
        () ->
            List.copyOf(calls.keySet())
                .forEach(call -> turn(call, new CallInput.Terminate(EndReason.SHUTTING_DOWN))));
    lane.post("exchange", this::announceWhenEmpty);
  }

  private void offer(LegOffered offered) {
    if (drained != null) {
      refuse(offered, EndReason.SHUTTING_DOWN);
    } else if (calls.size() >= limits.calls()) {
      refuse(offered, EndReason.OVERLOADED);
    } else {
      Optional<CallApp> app = directory.find(offered);
      if (app.isEmpty()) {
        refuse(offered, EndReason.NO_APPLICATION);
      } else {
        CallId id = ids.call();
        calls.put(
            id, new Desk(new Call(id, limits, sounds, lane.nowNanos()), offered.leg(), app.get()));
        callsByLeg.put(offered.leg(), id);
        lane.post(id.value(), () -> turn(id, new CallInput.FromLeg(offered)));
      }
    }
  }

  private void refuse(LegOffered offered, EndReason reason) {
    signalling.tell(new LegCommand.RejectLeg(offered.leg(), reason.sipStatus(), reason));
  }

  private void toCallOf(LegId leg, CallInput input) {
    CallId call = callsByLeg.get(leg);
    if (call != null) {
      lane.post(call.value(), () -> turn(call, input));
    }
  }

  private void turn(CallId id, CallInput input) {
    Desk desk = calls.get(id);
    if (desk == null) {
      return; // Gone: no news.
    }
    try {
      for (Effect effect : desk.call.on(input, lane.nowNanos())) {
        carryOut(desk, effect);
      }
    } catch (RuntimeException | Error fault) {
      abandon(desk, fault);
    }
    setAlarm(desk);
  }

  private void carryOut(Desk desk, Effect effect) {
    switch (effect) {
      case Effect.Signal(LegCommand command) -> signalling.tell(command);
      case Effect.Sound(var command) -> media.tell(command);
      case Effect.Announce(Event event) -> announce(desk, event);
      case Effect.Forget _ -> forget(desk);
    }
  }

  private void announce(Desk desk, Event event) {
    CallId id = desk.call.id();
    journal.append(new Journal.Entry(id, ++desk.seq, lane.nowNanos(), event));
    lane.post(id.value(), () -> consult(desk, event));
  }

  /// Tells the application, which is code of somebody else's.
  private void consult(Desk desk, Event event) {
    try {
      for (Operation operation : desk.app.on(event)) {
        CallInput asked = new CallInput.Asked(ids.operation(), operation);
        lane.post(desk.call.id().value(), () -> turn(desk.call.id(), asked));
      }
    } catch (RuntimeException | Error fault) {
      faults.accept(desk.call.id(), fault);
      turn(desk.call.id(), new CallInput.Terminate(EndReason.INTERNAL_ERROR));
    }
  }

  /// A turn has thrown. Whatever throws now as well, the call is forgotten.
  private void abandon(Desk desk, Throwable fault) {
    try {
      faults.accept(desk.call.id(), fault);
      for (Effect effect : desk.call.abandon(EndReason.INTERNAL_ERROR)) {
        carryOut(desk, effect);
      }
    } finally {
      forget(desk);
    }
  }

  private void forget(Desk desk) {
    calls.remove(desk.call.id());
    callsByLeg.remove(desk.leg);
    announceWhenEmpty();
  }

  private void announceWhenEmpty() {
    Runnable whenEmpty = drained;
    if (whenEmpty != null && calls.isEmpty()) {
      drained = () -> {};
      whenEmpty.run();
    }
  }

  private void setAlarm(Desk desk) {
    long at = calls.containsKey(desk.call.id()) ? desk.call.wakeAtNanos() : Long.MAX_VALUE;
    if (at == desk.alarmNanos) {
      return;
    }
    if (desk.alarm != null) {
      desk.alarm.cancel();
      desk.alarm = null;
    }
    desk.alarmNanos = at;
    if (at != Long.MAX_VALUE) {
      CallId id = desk.call.id();
      desk.alarm =
          lane.wakeAt(
              at,
              id.value(),
              () -> {
                desk.alarmNanos = Long.MAX_VALUE;
                desk.alarm = null;
                turn(id, new CallInput.Woken());
              });
    }
  }

  /// What the exchange keeps beside a call: its application, its numbering, its alarm.
  private static final class Desk {
    final Call call;
    final LegId leg;
    final CallApp app;
    long seq;
    long alarmNanos = Long.MAX_VALUE;
    Lane.@Nullable Alarm alarm;

    Desk(Call call, LegId leg, CallApp app) {
      this.call = call;
      this.leg = leg;
      this.app = app;
    }
  }
}
