package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import java.util.List;

/// What becomes of an operation in the turn that brings it.
sealed interface Beginning {
  /// Accepted, and its end is still to come.
  record Begun(OperationRun run, Leg leg, List<Effect> effects) implements Beginning {}

  /// Accepted and already done.
  record Done(Leg leg, List<Effect> effects) implements Beginning {}

  /// Not accepted.
  ///
  /// @param hint what to do about it
  record Refused(Refusal refusal, String hint) implements Beginning {}
}
