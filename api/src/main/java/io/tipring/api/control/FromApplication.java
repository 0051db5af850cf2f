package io.tipring.api.control;

import io.tipring.api.Operation;
import io.tipring.api.OperationId;

/// What an application says to the exchange.
public sealed interface FromApplication {
  /// The envelope's `id`, the application's choice: 1 to 64 of `A-Z a-z 0-9 _ . : -`, and another
  /// for each operation of a call.
  OperationId id();

  /// Asks for an operation; the envelope's `type` is its name, its `data` the record.
  record Ask(OperationId id, Operation operation) implements FromApplication {}

  /// Wants the events after `after` again, and then all that follow.
  record Resume(OperationId id, Cursor after) implements FromApplication {}
}
