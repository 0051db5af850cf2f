package io.tipring.core.call;

import io.tipring.api.Event.LegState;
import io.tipring.api.LegId;

/// One party's connection as its call sees it. It belongs to one call for life.
record Leg(LegId id, Phase phase) {

  Leg in(Phase next) {
    return new Leg(id, next);
  }

  /// We have asked signalling to end it.
  Leg asEnding() {
    return in(new Phase.Ending(state()));
  }

  /// Sound can flow.
  boolean answered() {
    return phase instanceof Phase.Answered;
  }

  /// Nothing can be begun on it any more.
  boolean ending() {
    return phase instanceof Phase.Ending;
  }

  /// As applications see it; a leg that is being answered still rings for its caller.
  LegState state() {
    return switch (phase) {
      case Phase.Offered _ -> LegState.OFFERED;
      case Phase.Ringing _, Phase.Answering _ -> LegState.RINGING;
      case Phase.Answered(boolean held) -> held ? LegState.HELD : LegState.ANSWERED;
      case Phase.Ending(LegState before) -> before;
    };
  }

  sealed interface Phase {
    record Offered() implements Phase {}

    record Ringing() implements Phase {}

    /// We said yes; the caller has not confirmed yet.
    record Answering() implements Phase {}

    record Answered(boolean held) implements Phase {}

    /// We asked signalling to end it, it has not said that it did.
    ///
    /// @param before what applications know it as, until it has ended
    record Ending(LegState before) implements Phase {}
  }
}
