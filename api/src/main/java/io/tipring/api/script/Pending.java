package io.tipring.api.script;

import io.tipring.api.OperationId;
import io.tipring.api.Outcome;

/// An operation that was begun and goes on while the script does something else. Owner: the
/// script's own thread.
public interface Pending {
  OperationId id();

  /// Waits for its end; returns at once what it came to when it has ended before.
  ///
  /// @throws OperationFailed when it was refused or failed
  /// @throws OperationCancelled when it was cancelled
  /// @throws CallEnded when the call ended before it, or is another application's
  Outcome await();

  /// Ends it, and waits until it has ended; that it has before is no news.
  ///
  /// @throws CallEnded when the call is over
  void cancel();
}
