package io.tipring.core.call;

import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.journal.Journal;
import org.jspecify.annotations.Nullable;

/// The place of one application at one call, from before its attendant is there until the call ends
/// or another takes over. What is told to it after that it does not hear. Owner: the exchange lane.
final class Seat {
  private final Application application;
  private @Nullable Attendant attendant;
  private boolean left;

  Seat(Application application) {
    this.application = application;
  }

  void attend(CallLine line, CallSnapshot snapshot, Cursor at, StartReason reason) {
    attendant = application.attend(line, snapshot, at, reason);
  }

  void on(Journal.Entry entry) {
    Attendant present = attendant;
    if (present != null) {
      present.on(entry);
    }
  }

  /// From now on it may not ask; what was announced before is still to come.
  void leave() {
    left = true;
  }

  void handedOver() {
    Attendant present = attendant;
    attendant = null;
    if (present != null) {
      present.handedOver();
    }
  }

  /// Whether it may still ask.
  boolean taken() {
    return !left;
  }
}
