package io.tipring.core.call;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.LegId;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The calls of one node: finds the call that an input is for and gives it its turn, at its [Desk].
/// Owner: the exchange lane. A call that throws is ended, and nobody else notices.
public final class Exchange {
  private final Ground ground;
  private final Surroundings around;
  private final CallLimits limits;
  private final BiConsumer<CallId, Throwable> faults;
  private final long epoch;

  private final SequencedMap<CallId, Desk> desks = new LinkedHashMap<>();
  private final SequencedMap<LegId, CallId> callsByLeg = new LinkedHashMap<>();
  private @Nullable Runnable drained;

  /// What the exchange stands on.
  ///
  /// @param wallMillis milliseconds since 1970
  public record Ground(Lane lane, Ids ids, LongSupplier wallMillis) {}

  /// What the exchange stands between.
  public record Surroundings(
      Signalling signalling,
      MediaPlane media,
      Directory directory,
      Sounds sounds,
      Journal journal) {}

  public Exchange(
      Ground ground, Surroundings around, CallLimits limits, BiConsumer<CallId, Throwable> faults) {
    this.ground = ground;
    this.around = around;
    this.limits = limits;
    this.faults = faults;
    this.epoch = ground.wallMillis().getAsLong() / 1_000;
  }

  /// Calls that have not ended yet. Only on the lane.
  public int size() {
    return desks.size();
  }

  /// Signalling says something about a leg. Only on the lane; the call's turn comes after the
  /// current one.
  public void tell(LegEvent event) {
    // The call is looked up in the leg's own turn: a CANCEL right behind its INVITE would otherwise
    // overtake the offer, find no call, and leave one behind whose leg is gone.
    lane().post(event.leg().value(), () -> onLeg(event));
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
    lane()
        .wakeAt(
            deadlineNanos,
            "exchange",
            () ->
                List.copyOf(desks.keySet())
                    .forEach(call -> turn(call, new CallInput.Terminate(EndReason.SHUTTING_DOWN))));
    lane().post("exchange", this::announceWhenEmpty);
  }

  private Lane lane() {
    return ground.lane();
  }

  private void offer(LegOffered offered) {
    if (drained != null) {
      refuse(offered, EndReason.SHUTTING_DOWN);
    } else if (desks.size() >= limits.calls()) {
      refuse(offered, EndReason.OVERLOADED);
    } else {
      around
          .directory()
          .find(offered)
          .ifPresentOrElse(
              application -> open(offered, application),
              () -> refuse(offered, EndReason.NO_APPLICATION));
    }
  }

  private void open(LegOffered offered, Application application) {
    CallId id = ground.ids().call();
    Call call = new Call(id, limits, around.directory(), ground.ids()::ivr, lane().nowNanos());
    desks.put(id, new Desk(call, new Calls(), around, epoch));
    callsByLeg.put(offered.leg(), id);
    lane()
        .post(
            id.value(),
            () -> {
              Desk desk = desks.get(id);
              if (desk != null) {
                desk.open(offered, application);
              }
            });
  }

  private void refuse(LegOffered offered, EndReason reason) {
    around.signalling().tell(new LegCommand.RejectLeg(offered.leg(), reason.sipStatus(), reason));
  }

  private void toCallOf(LegId leg, CallInput input) {
    CallId call = callsByLeg.get(leg);
    if (call != null) {
      lane().post(call.value(), () -> turn(call, input));
    }
  }

  private void turn(CallId id, CallInput input) {
    Desk desk = desks.get(id);
    if (desk != null) { // Otherwise gone: no news.
      desk.turn(input);
    }
  }

  private void announceWhenEmpty() {
    Runnable whenEmpty = drained;
    if (whenEmpty != null && desks.isEmpty()) {
      drained = () -> {};
      whenEmpty.run();
    }
  }

  /// What a desk may ask of the room it stands in.
  final class Calls {
    Lane lane() {
      return ground.lane();
    }

    long wallMillis() {
      return ground.wallMillis().getAsLong();
    }

    /// An input that gets its own turn. Any thread.
    void post(CallId call, CallInput input) {
      ground.lane().post(call.value(), () -> turn(call, input));
    }

    Optional<Application> named(String application) {
      return around.directory().named(application);
    }

    void fault(CallId call, Throwable fault) {
      faults.accept(call, fault);
    }

    void forget(CallId call, List<LegId> legs) {
      desks.remove(call);
      legs.forEach(callsByLeg::remove);
      announceWhenEmpty();
    }
  }
}
