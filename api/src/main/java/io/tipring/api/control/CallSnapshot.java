package io.tipring.api.control;

import io.tipring.api.CallId;
import io.tipring.api.Event.CallState;
import io.tipring.api.Event.Direction;
import io.tipring.api.Event.LegState;
import io.tipring.api.LegId;
import io.tipring.api.OperationId;
import java.util.List;

/// A call as it is when a session with its application begins or is taken up again.
///
/// @param from the caller's own name or number, as claimed
/// @param to the name or number that was dialled
/// @param operations those in progress
public record CallSnapshot(
    CallId call,
    Direction direction,
    String from,
    String to,
    CallState state,
    List<LegSnapshot> legs,
    List<OperationId> operations) {
  public CallSnapshot {
    legs = List.copyOf(legs);
    operations = List.copyOf(operations);
  }

  /// One of its legs, in the order they came.
  public record LegSnapshot(LegId leg, Direction direction, LegState state) {}
}
