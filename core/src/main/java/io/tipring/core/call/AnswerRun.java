package io.tipring.core.call;

import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.core.call.Beginning.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `Answer`: 200 to the caller. Succeeds when the caller confirms it (ACK), fails when the leg ends
/// before.
record AnswerRun(RunId id, LegId leg, long deadlineNanos) implements OperationRun {
  /// Longer than 64*T1, after which signalling ends an unconfirmed leg itself (RFC 3261 13.3.1.4).
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  static Beginning begin(RunId id, Leg leg, long nowNanos) {
    return switch (leg.phase()) {
      case Leg.Phase.Offered _, Leg.Phase.Ringing _ ->
          new Begun(
              new AnswerRun(id, leg.id(), nowNanos + PATIENCE.toNanos()),
              leg.in(new Leg.Phase.Answering()),
              List.of(new Effect.Signal(new LegCommand.AnswerLeg(leg.id()))));
      case Leg.Phase.Answering _, Leg.Phase.Answered _ ->
          new Refused(Refusal.WRONG_STATE, "already answered");
      case Leg.Phase.Ending _ -> Beginning.LEG_IS_ENDING;
    };
  }

  @Override
  public Verdict on(RunInput input, long nowNanos) {
    return switch (input) {
      case RunInput.LegAnswered _ -> new Verdict.Succeeded(new Outcome.Done(), List.of());
      case RunInput.LegEnded _ -> Verdict.legEnded(List.of());
      case RunInput.OfVoice _, RunInput.OfEar _ -> Verdict.goesOn(this);
      case RunInput.Deadline _ -> Verdict.timedOut(List.of());
      case RunInput.Stop(CancelReason reason) ->
          new Verdict.Cancelled(reason, Optional.empty(), List.of());
    };
  }
}
