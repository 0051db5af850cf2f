package io.tipring.core.call;

import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an input means to an operation in progress. Its effects come before the word of its end.
sealed interface Verdict {
  List<Effect> effects();

  /// @param next what it has become
  record GoesOn(OperationRun next, List<Effect> effects) implements Verdict {}

  record Succeeded(Outcome outcome, List<Effect> effects) implements Verdict {}

  /// @param hint what to do about it
  record Failed(Refusal refusal, String hint, List<Effect> effects) implements Verdict {}

  /// @param played of what sounds
  record Cancelled(CancelReason reason, Optional<Duration> played, List<Effect> effects)
      implements Verdict {}

  static Verdict goesOn(OperationRun next) {
    return new GoesOn(next, List.of());
  }

  static Verdict legEnded(List<Effect> effects) {
    return new Failed(Refusal.LEG_ENDED, "the leg ended first", effects);
  }

  static Verdict timedOut(List<Effect> effects) {
    return new Failed(Refusal.TIMED_OUT, "nothing answered in time", effects);
  }

  /// The media plane has closed the leg, and signalling is about to say why.
  static Verdict soundEnded() {
    return new Failed(Refusal.LEG_ENDED, "the leg is ending: its sound is closed", List.of());
  }

  /// The last event of the operation; what goes on has none.
  static Event end(OperationId id, Verdict verdict) {
    return switch (verdict) {
      case Succeeded(Outcome outcome, _) -> new Event.OperationSucceeded(id, outcome);
      case Failed(Refusal refusal, String hint, _) -> new Event.OperationFailed(id, refusal, hint);
      case Cancelled(CancelReason reason, Optional<Duration> played, _) ->
          new Event.OperationCancelled(id, reason, played);
      case GoesOn _ -> throw new IllegalStateException(id + " has not ended");
    };
  }
}
