package io.tipring.core.call;

import io.tipring.core.journal.Journal;

/// An application's part in one call. Called on the lane, each in a turn of its own; never blocks
/// it. One that throws loses its call, and nobody else notices.
public interface Attendant {
  /// Everything that happens to the call, in order and unmasked, until it ends or is handed over.
  void on(Journal.Entry entry);

  /// The call is another application's now; nothing more comes.
  void handedOver();
}
