package io.tipring.core.call;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.Refusal;
import io.tipring.api.GatherEnd;
import io.tipring.api.IvrId;
import io.tipring.api.LegId;
import io.tipring.api.OperationId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// What of a call was announced and has had no end yet. Drawn from its events and not from the call
/// itself, which, once a turn has thrown, may have lost what nobody was told of. Owner: the
/// exchange lane.
final class LooseEnds {
  private final SequencedMap<IvrId, Event.IvrEnded> ivrs = new LinkedHashMap<>();
  private final SequencedSet<OperationId> operations = new LinkedHashSet<>();
  private final SequencedSet<LegId> legs = new LinkedHashSet<>();
  private @Nullable CallId call;

  void on(Event event) {
    switch (event) {
      case Event.CallCreated created -> call = created.call();
      case Event.CallEnded _ -> call = null;
      case Event.LegCreated created -> legs.add(created.leg());
      case Event.LegEnded(LegId leg, _) -> legs.remove(leg);
      case Event.IvrCreated(IvrId ivr, _, _) ->
          ivrs.put(ivr, new Event.IvrEnded(ivr, "", GatherEnd.FAILED, false));
      case Event.IvrChanged(IvrId ivr, _, String digits, boolean sensitive) ->
          ivrs.put(ivr, new Event.IvrEnded(ivr, digits, GatherEnd.FAILED, sensitive));
      case Event.IvrEnded(IvrId ivr, _, _, _) -> ivrs.remove(ivr);
      case Event.OperationAccepted(OperationId operation) -> operations.add(operation);
      case Event.OperationSucceeded(OperationId operation, _) -> operations.remove(operation);
      case Event.OperationFailed(OperationId operation, _, _) -> operations.remove(operation);
      case Event.OperationCancelled(OperationId operation, _, _) -> operations.remove(operation);
      case Event.CallChanged _,
          Event.LegChanged _,
          Event.DigitPressed _,
          Event.OperationProgress _ -> {}
    }
  }

  /// All their ends, inner ones first.
  List<Event> ends(EndReason reason) {
    List<Event> ends = new ArrayList<>(ivrs.values());
    for (OperationId operation : operations) {
      ends.add(
          new Event.OperationFailed(
              operation, Refusal.LEG_ENDED, "the call ended by a fault of ours"));
    }
    for (LegId leg : legs) {
      ends.add(new Event.LegEnded(leg, reason));
    }
    if (call != null) {
      ends.add(new Event.CallEnded(call, reason));
    }
    return ends;
  }
}
