package io.tipring.core.call;

import io.tipring.api.EndReason;
import io.tipring.api.LegId;

/// What a call asks of signalling. A leg that is gone does not answer: its [LegEvent.LegEnded] is
/// on the way already, and behind it the asker's deadline is the only memory (ADR 0002).
public sealed interface LegCommand {
  LegId leg();

  /// Tell the caller that it rings (180).
  record RingLeg(LegId leg) implements LegCommand {}

  /// Say yes (200). [LegEvent.LegAnswered] follows when the caller has confirmed it.
  record AnswerLeg(LegId leg) implements LegCommand {}

  /// @param status SIP status 400..699
  record RejectLeg(LegId leg, int status, EndReason reason) implements LegCommand {}

  /// End it in the way that fits: BYE, or, before the answer, the refusal that the reason maps to.
  record HangUpLeg(LegId leg, EndReason reason) implements LegCommand {}
}
