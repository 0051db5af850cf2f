package io.tipring.core.control;

import io.tipring.core.journal.Journal;

/// What a session can be told; each is one turn.
sealed interface SessionInput {
  record Begin() implements SessionInput {}

  record Happened(Journal.Entry entry) implements SessionInput {}

  /// @param event of the present connection; those of earlier ones are dropped before
  record FromLink(LinkEvent event) implements SessionInput {}

  /// The call is another application's now.
  record HandedOver() implements SessionInput {}

  /// The exchange stops, now.
  record GoAway() implements SessionInput {}

  /// A deadline may have passed.
  record Woken() implements SessionInput {}
}
