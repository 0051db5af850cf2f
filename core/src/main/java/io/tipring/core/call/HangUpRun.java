package io.tipring.core.call;

import io.tipring.api.EndReason;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.LegId;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Begun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `HangUp`: BYE, or a refusal when the leg was not answered yet. Succeeds when the leg has ended,
/// whoever was first.
record HangUpRun(RunId id, LegId leg, long deadlineNanos) implements OperationRun {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  static Beginning begin(RunId id, Leg leg, long nowNanos) {
    return switch (leg.phase()) {
      case Leg.Phase.Offered _, Leg.Phase.Ringing _, Leg.Phase.Answering _, Leg.Phase.Answered _ ->
          new Begun(
              new HangUpRun(id, leg.id(), nowNanos + PATIENCE.toNanos()),
              leg.asEnding(),
              List.of(
                  new Effect.Signal(new LegCommand.HangUpLeg(leg.id(), EndReason.APP_HUNG_UP))));
      case Leg.Phase.Ending _ -> Beginning.LEG_IS_ENDING;
    };
  }

  @Override
  public Verdict on(RunInput input, long nowNanos) {
    return switch (input) {
      case RunInput.LegEnded _ -> new Verdict.Succeeded(new Outcome.Done(), List.of());
      case RunInput.LegAnswered _, RunInput.OfVoice _, RunInput.OfEar _ -> Verdict.goesOn(this);
      case RunInput.Deadline _ -> Verdict.timedOut(List.of());
      case RunInput.Stop(CancelReason reason) ->
          new Verdict.Cancelled(reason, Optional.empty(), List.of());
    };
  }
}
