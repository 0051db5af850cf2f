package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Done;
import io.tipring.core.call.Beginning.Refused;
import java.util.List;

/// `Ring`: 180 to the caller. Done as soon as it is said, since nobody confirms it.
final class RingRun {
  private RingRun() {}

  static Beginning begin(Leg leg) {
    return switch (leg.phase()) {
      case Leg.Phase.Offered _ ->
          new Done(
              leg.in(new Leg.Phase.Ringing()),
              new Outcome.Done(),
              List.of(new Effect.Signal(new LegCommand.RingLeg(leg.id()))));
      case Leg.Phase.Ringing _ -> new Done(leg, new Outcome.Done(), List.of());
      case Leg.Phase.Answering _, Leg.Phase.Answered _, Leg.Phase.Ending _ ->
          new Refused(Refusal.WRONG_STATE, "ring before answering");
    };
  }
}
