package io.tipring.core.call;

import io.tipring.api.Event.CancelReason;
import io.tipring.api.LegId;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Begun;
import java.util.List;
import java.util.Optional;

/// `Say`, `Play` and `Pause` once they are accepted: they differ in their sounds only.
record SoundingRun(RunId id, LegId leg, Sounding sounding) implements OperationRun {
  static Beginning begin(RunId id, Leg leg, List<Piece> pieces, int rounds) {
    if (leg.ending()) {
      return Beginning.LEG_IS_ENDING;
    }
    Sounding sounding = Sounding.of(id, leg.id(), pieces, rounds);
    return new Begun(new SoundingRun(id, leg.id(), sounding), leg, sounding.prepare());
  }

  @Override
  public long deadlineNanos() {
    return sounding.deadlineNanos();
  }

  @Override
  public boolean sounds() {
    return true;
  }

  @Override
  public boolean waits() {
    return sounding.unheard();
  }

  @Override
  public Verdict on(RunInput input, long nowNanos) {
    return switch (input) {
      case RunInput.MaySound _ -> after(sounding.begin(nowNanos));
      case RunInput.Prepared prepared -> after(sounding.on(prepared, nowNanos));
      case RunInput.Finished finished -> after(sounding.on(finished, nowNanos));
      case RunInput.Hush(CancelReason reason) -> cancelled(reason, nowNanos);
      case RunInput.Stop(CancelReason reason) -> cancelled(reason, nowNanos);
      case RunInput.LegEnded _ -> Verdict.legEnded(List.of());
      case RunInput.Deadline _ -> Verdict.timedOut(sounding.silence());
      case RunInput.LegAnswered _, RunInput.OfEar _ -> Verdict.goesOn(this);
    };
  }

  private Verdict cancelled(CancelReason reason, long nowNanos) {
    return new Verdict.Cancelled(
        reason, Optional.of(sounding.played(nowNanos)), sounding.silence());
  }

  private Verdict after(Sounding.Step step) {
    return switch (step) {
      case Sounding.Step.GoesOn(Sounding next, List<Effect> effects) ->
          new Verdict.GoesOn(new SoundingRun(id, leg, next), effects);
      case Sounding.Step.Over(var played) ->
          new Verdict.Succeeded(new Outcome.Played(played), List.of());
      case Sounding.Step.Broken(var refusal, String hint, List<Effect> effects) ->
          new Verdict.Failed(refusal, hint, effects);
    };
  }
}
