package io.tipring.app.builtin;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Ring;
import java.util.List;

/// Rings and leaves it at that, so that callers who give up can be tried out.
final class RingApp implements CallApp {
  @Override
  public List<Operation> on(Event event) {
    return switch (event) {
      case CallCreated _ -> List.of(new Ring());
      default -> List.of(); // an application passes over what it does not know
    };
  }
}
