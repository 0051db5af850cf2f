package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.media.spec.MediaEvent.Finished;

/// An operation in progress: a small machine with its own state. It ends exactly once, by what its
/// leg or the media plane says or by its deadline; the call that holds it forgets it in the same
/// turn.
sealed interface OperationRun
    permits AnswerRun, RejectRun, HangUpRun, PlayRun, EchoRun, SendDigitsRun {
  OperationId id();

  LegId leg();

  /// When it is given up; [Long#MAX_VALUE] where the leg's own deadlines suffice.
  long deadlineNanos();

  /// The leg was confirmed by its caller.
  default Verdict onAnswered() {
    return Verdict.GOES_ON;
  }

  /// The media plane finished the command that carries this operation's id.
  default Verdict onFinished(Finished finished) {
    return switch (finished.ending()) {
      case COMPLETED -> new Verdict.Succeeded();
      case STOPPED -> new Verdict.Cancelled();
      case GONE ->
          new Verdict.Failed(
              Refusal.NO_MEDIA, "the leg has no sound; answer it first, or look at its call");
    };
  }

  /// The leg is over; there is no later input about it.
  default Verdict onLegEnded() {
    return new Verdict.Failed(Refusal.LEG_ENDED, "the leg ended first");
  }

  default Verdict onDeadline() {
    return new Verdict.Failed(Refusal.TIMED_OUT, "nothing answered in time");
  }

  /// Begins `operation` on `leg`.
  static Beginning begin(OperationId id, Operation operation, Leg leg, long nowNanos) {
    return switch (operation) {
      case Operation.Ring _ -> RingRun.begin(leg);
      case Operation.Answer _ -> AnswerRun.begin(id, leg, nowNanos);
      case Operation.Reject reject -> RejectRun.begin(id, reject, leg, nowNanos);
      case Operation.Play play -> PlayRun.begin(id, play, leg);
      case Operation.Echo _ -> EchoRun.begin(id, leg);
      case Operation.SendDigits send -> SendDigitsRun.begin(id, send, leg, nowNanos);
      case Operation.Say _,
          Operation.Pause _,
          Operation.Gather _,
          Operation.Redirect _,
          Operation.Cancel _ ->
          new Beginning.Refused(Refusal.WRONG_STATE, "not yet");
      case Operation.HangUp _ -> HangUpRun.begin(id, leg, nowNanos);
    };
  }
}
