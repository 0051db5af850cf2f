package io.tipring.core.call;

import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;

/// Something that can drive calls: a program behind a WebSocket, a script, a function in the
/// process. Found by the [Directory]; called on the lane, never blocks it.
@FunctionalInterface
public interface Application {
  /// Takes a call over. What happens to it from now on comes to the attendant.
  ///
  /// @param snapshot the call as it is at `at`
  Attendant attend(CallLine line, CallSnapshot snapshot, Cursor at, StartReason reason);
}
