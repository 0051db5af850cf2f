package io.tipring.api.script;

import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.control.CallSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a [Call] stands on: the way to the exchange and back. Used by the script's own thread only;
/// every method but the plain getters throws [CallEnded] once the call is over.
public interface Line {
  /// The call as it was when the script was given it.
  CallSnapshot snapshot();

  /// Asks, and does not wait.
  OperationId begin(Operation operation);

  /// Waits until the operation has ended.
  ///
  /// @throws OperationFailed when it was refused or failed
  /// @throws OperationCancelled when it was cancelled
  Outcome await(OperationId operation);

  /// Waits for the next event that [#await] has not been about, at most so long; empty when none
  /// came.
  Optional<Event> next(Duration patience);

  /// Wall time; virtual in a World.
  InstantSource clock();

  RandomGenerator random();

  Web web();
}
