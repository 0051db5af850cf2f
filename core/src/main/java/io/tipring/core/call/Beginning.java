package io.tipring.core.call;

import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.Outcome;
import java.util.List;

/// What becomes of an operation in the turn that brings it.
sealed interface Beginning {
  /// Accepted, and its end is still to come.
  record Begun(OperationRun run, Leg leg, List<Effect> effects) implements Beginning {
    Begun(OperationRun run, Leg leg) {
      this(run, leg, List.of());
    }
  }

  /// Accepted and already done.
  record Done(Leg leg, Outcome outcome, List<Effect> effects) implements Beginning {}

  /// Accepted: first `others` end as cancelled, then it is done, then come the effects.
  record Ending(List<RunId> others, CancelReason reason, List<Effect> effects)
      implements Beginning {}

  /// Nothing becomes of it, and nothing is said: one of that id is in progress, and whatever were
  /// said about the id would be taken for that one's end.
  record PassedOver() implements Beginning {}

  /// Not accepted.
  ///
  /// @param hint what to do about it
  record Refused(Refusal refusal, String hint) implements Beginning {}

  Refused LEG_IS_ENDING = new Refused(Refusal.LEG_ENDED, "the leg is ending");

  static Refused bad(String hint) {
    return new Refused(Refusal.BAD_PARAMETER, hint);
  }
}
