package io.tipring.core.call;

import io.tipring.api.EndReason;
import io.tipring.api.LegId;

/// What a call asks of signalling. A leg that is gone answers with [LegEvent.LegEnded], or, when it
/// never was, not at all: the asker's deadline is the only memory (DECISIONS 4).
public sealed interface LegCommand {
  LegId leg();

  record RingLeg(LegId leg) implements LegCommand {}

  record AnswerLeg(LegId leg) implements LegCommand {}

  /// @param status SIP status 400..699
  record RejectLeg(LegId leg, int status, EndReason reason) implements LegCommand {}

  record HangUpLeg(LegId leg, EndReason reason) implements LegCommand {}
}
