package io.tipring.core.call;

import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Stage;
import io.tipring.api.LegId;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent.Ending;
import java.util.List;
import java.util.Optional;

/// `Echo`: the leg hears itself until the operation is cancelled or the leg ends.
///
/// @param begun it had its turn
record EchoRun(RunId id, LegId leg, boolean begun) implements OperationRun {
  static Beginning begin(RunId id, Leg leg) {
    return leg.ending()
        ? Beginning.LEG_IS_ENDING
        : new Begun(new EchoRun(id, leg.id(), false), leg);
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean sounds() {
    return true;
  }

  @Override
  public boolean waits() {
    return !begun;
  }

  @Override
  public Verdict on(RunInput input, long nowNanos) {
    return switch (input) {
      case RunInput.MaySound _ ->
          new Verdict.GoesOn(
              new EchoRun(id, leg, true),
              List.of(
                  new Effect.Sound(new MediaCommand.Echo(leg.value(), ref())),
                  new Effect.Announce(new Event.OperationProgress(id.operation(), Stage.PLAYING))));
      case RunInput.Finished(_, Ending ending, _) when begun ->
          ending == Ending.COMPLETED
              ? new Verdict.Succeeded(new Outcome.Done(), List.of())
              : Verdict.soundEnded();
      case RunInput.Hush(CancelReason reason) ->
          new Verdict.Cancelled(reason, Optional.empty(), silence());
      case RunInput.Stop(CancelReason reason) ->
          new Verdict.Cancelled(reason, Optional.empty(), silence());
      case RunInput.LegEnded _ -> Verdict.legEnded(List.of());
      case RunInput.LegAnswered _,
          RunInput.Prepared _,
          RunInput.Finished _,
          RunInput.Deadline _,
          RunInput.OfEar _ ->
          Verdict.goesOn(this);
    };
  }

  private List<Effect> silence() {
    return begun ? List.of(new Effect.Sound(new MediaCommand.Stop(leg.value(), ref()))) : List.of();
  }

  private String ref() {
    return new Ref(id, 0).text();
  }
}
