package io.tipring.core.call;

import io.tipring.api.LegId;

/// An operation in progress: a small machine that never changes but becomes another. It ends
/// exactly once, by what its leg, the media plane or its application says, or by its deadline;
/// whoever holds it forgets it in the same turn.
sealed interface OperationRun
    permits AnswerRun, RejectRun, HangUpRun, SoundingRun, EchoRun, SendDigitsRun, GatherRun {
  RunId id();

  LegId leg();

  /// When it is given up; [Long#MAX_VALUE] where the leg's own deadlines suffice.
  long deadlineNanos();

  Verdict on(RunInput input, long nowNanos);

  /// It is heard, or wants to be: it has a place in the voice queue of its leg.
  default boolean sounds() {
    return false;
  }

  /// It waits for keys: it has a place in the ear queue of its leg.
  default boolean listens() {
    return false;
  }

  /// It waits for its turn, or for its sound.
  default boolean waits() {
    return false;
  }
}
