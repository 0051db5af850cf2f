package io.tipring.core.call;

import io.tipring.api.EndReason;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Operation.Reject;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.core.call.Beginning.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `Reject`: a final refusal to a caller who was not answered. Succeeds when the leg has ended.
record RejectRun(RunId id, LegId leg, long deadlineNanos) implements OperationRun {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  static Beginning begin(RunId id, Reject reject, Leg leg, long nowNanos) {
    if (reject.status() < 400 || reject.status() > 699) {
      return new Refused(Refusal.BAD_PARAMETER, "status must be 400..699, was " + reject.status());
    }
    return switch (leg.phase()) {
      case Leg.Phase.Offered _, Leg.Phase.Ringing _ ->
          new Begun(
              new RejectRun(id, leg.id(), nowNanos + PATIENCE.toNanos()),
              leg.asEnding(),
              List.of(
                  new Effect.Signal(
                      new LegCommand.RejectLeg(
                          leg.id(), reject.status(), EndReason.APP_REJECTED))));
      case Leg.Phase.Answering _, Leg.Phase.Answered _ ->
          new Refused(Refusal.WRONG_STATE, "already answered; hang up instead");
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
