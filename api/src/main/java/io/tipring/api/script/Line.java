package io.tipring.api.script;

import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.control.CallSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a [Call] stands on: the way to the exchange and back. Used by the script's own thread only;
/// whatever waits throws [CallEnded] once the call is over.
public interface Line {
  /// The call as it was when the script was given it.
  CallSnapshot snapshot();

  /// Asks, and does not wait for the end. Waits only while more operations are under way than a
  /// call may have, until the exchange has refused some.
  Pending begin(Operation operation);

  /// The next event of the call that is not about an operation somebody waits for; waits for it at
  /// most so long. Empty when none came.
  Optional<Event> next(Duration patience);

  /// Lets so much time pass.
  void sleep(Duration duration);

  /// Wall time and zone; virtual in a World.
  Clock clock();

  RandomGenerator random();

  Web web();
}
