package io.tipring.api.script;

import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;

/// An operation that was begun and goes on while the script does something else.
public final class Pending {
  private final Line line;
  private final OperationId id;

  Pending(Line line, OperationId id) {
    this.line = line;
    this.id = id;
  }

  public OperationId id() {
    return id;
  }

  /// Waits for its end.
  ///
  /// @throws OperationFailed when it was refused or failed
  /// @throws OperationCancelled when it was cancelled
  public Outcome await() {
    return line.await(id);
  }

  /// Ends it; that it has ended already is no news.
  public void cancel() {
    try {
      line.await(line.begin(new Operation.Cancel(id)));
    } catch (OperationFailed _) {
      // It ended before.
    }
  }
}
