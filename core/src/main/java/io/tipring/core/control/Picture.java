package io.tipring.core.control;

import io.tipring.api.Event;
import io.tipring.api.LegId;
import io.tipring.api.OperationId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.CallSnapshot.LegSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A call as its events tell it. Drawn from them and not from the call itself, so that it is the
/// call exactly as of the last event that was heard of.
final class Picture {
  private Picture() {}

  /// The call after `event`. What it already knows is no news.
  static CallSnapshot after(CallSnapshot call, Event event) {
    return switch (event) {
      case Event.CallChanged(_, Event.CallState state) ->
          new CallSnapshot(
              call.call(),
              call.direction(),
              call.from(),
              call.to(),
              state,
              call.legs(),
              call.operations());
      case Event.LegCreated(LegId leg, Event.Direction direction, _, _) ->
          leg(call, leg, Optional.of(new LegSnapshot(leg, direction, Event.LegState.OFFERED)));
      case Event.LegChanged(LegId leg, Event.LegState state) ->
          leg(call, leg, Optional.of(new LegSnapshot(leg, directionOf(call, leg), state)));
      case Event.LegEnded(LegId leg, _) -> leg(call, leg, Optional.empty());
      case Event.OperationAccepted(OperationId operation) -> operation(call, operation, true);
      case Event.OperationSucceeded(OperationId operation, _) -> operation(call, operation, false);
      case Event.OperationFailed(OperationId operation, _, _) -> operation(call, operation, false);
      case Event.OperationCancelled(OperationId operation, _, _) ->
          operation(call, operation, false);
      case Event.CallCreated _,
          Event.CallEnded _,
          Event.IvrCreated _,
          Event.IvrChanged _,
          Event.IvrEnded _,
          Event.DigitPressed _,
          Event.OperationProgress _ ->
          call;
    };
  }

  private static Event.Direction directionOf(CallSnapshot call, LegId leg) {
    return call.legs().stream()
        .filter(known -> known.leg().equals(leg))
        .map(LegSnapshot::direction)
        .findFirst()
        .orElse(call.direction());
  }

  /// @param now empty when it is gone
  private static CallSnapshot leg(CallSnapshot call, LegId leg, Optional<LegSnapshot> now) {
    List<LegSnapshot> legs = new ArrayList<>();
    boolean known = false;
    for (LegSnapshot before : call.legs()) {
      if (before.leg().equals(leg)) {
        known = true;
        now.ifPresent(legs::add);
      } else {
        legs.add(before);
      }
    }
    if (!known) {
      now.ifPresent(legs::add);
    }
    return new CallSnapshot(
        call.call(),
        call.direction(),
        call.from(),
        call.to(),
        call.state(),
        legs,
        call.operations());
  }

  private static CallSnapshot operation(CallSnapshot call, OperationId operation, boolean runs) {
    List<OperationId> operations = new ArrayList<>(call.operations());
    operations.remove(operation);
    if (runs) {
      operations.add(operation);
    }
    return new CallSnapshot(
        call.call(),
        call.direction(),
        call.from(),
        call.to(),
        call.state(),
        call.legs(),
        operations);
  }
}
