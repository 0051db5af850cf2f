package io.tipring.core.call;

import io.tipring.api.EndReason;
import io.tipring.api.LegId;

/// What signalling tells a call about a leg. One way, by id, never waiting for an answer (ADR
/// 0002). Retransmissions, PRACK and session timers stay in the dialog: a call sees none of them.
public sealed interface LegEvent {
  LegId leg();

  /// A new caller. Its leg stays with the call that this makes, for life.
  ///
  /// @param user what was dialled, the user part of the request-URI
  /// @param from the caller's own name or number, as claimed
  /// @param host where it was dialled, the host part of the request-URI
  record LegOffered(LegId leg, String user, String host, String from) implements LegEvent {}

  /// Confirmed by the caller (ACK).
  record LegAnswered(LegId leg) implements LegEvent {}

  /// Held or taken back by the other side.
  record LegChanged(LegId leg, boolean held) implements LegEvent {}

  /// A key that came by SIP INFO.
  record LegKey(LegId leg, char key, int durationMillis) implements LegEvent {}

  /// The last word about a leg. Its media is already being closed.
  record LegEnded(LegId leg, EndReason reason) implements LegEvent {}
}
