package io.tipring.core.control;

import io.tipring.api.EndReason;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.journal.Journal;
import java.util.Optional;

/// What one turn of a session asks for; carried out in order after the turn has returned.
sealed interface SessionEffect {
  /// Begin to connect; there is no connection and no attempt at one.
  record Connect() implements SessionEffect {}

  /// @param ref the message of the application it is about
  record Tell(ToApplication message, Optional<String> ref) implements SessionEffect {
    Tell(ToApplication message) {
      this(message, Optional.empty());
    }
  }

  /// Tell an event of the call.
  record Pass(Journal.Entry entry) implements SessionEffect {}

  /// Close the connection, or give up the attempt at one.
  record Close(CloseReason why) implements SessionEffect {}

  /// Ask the call for an operation.
  record Ask(OperationId id, Operation operation) implements SessionEffect {}

  record FallBack(String application) implements SessionEffect {}

  record Terminate(EndReason reason) implements SessionEffect {}

  /// For the log and the meters.
  record Note(Notice.What what, String detail) implements SessionEffect {}
}
