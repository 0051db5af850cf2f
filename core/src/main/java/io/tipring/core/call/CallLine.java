package io.tipring.core.call;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.CallSnapshot;

/// What an attendant may do to its call. From any thread, but for [#snapshot]; each is an input
/// that gets its own turn, and on a call that has ended or was handed over it is no news.
public interface CallLine {
  CallId call();

  /// Asks for an operation. The answer comes as events: accepted and then one end, or failed at
  /// once.
  ///
  /// @param id used for no other operation by this attendant; while one of that id is in progress,
  ///   nothing comes of another
  void ask(OperationId id, Operation operation);

  /// Gives the call to the application of that name, as a fallback; ends the call when there is
  /// none.
  void fallBackTo(String application);

  /// Ends the call, whatever it is doing.
  void terminate(EndReason reason);

  /// The call as it is now. Only on the lane.
  CallSnapshot snapshot();
}
