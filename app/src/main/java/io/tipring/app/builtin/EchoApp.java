package io.tipring.app.builtin;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Event.CallChanged;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.CallState;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.Echo;
import java.util.List;

/// Answers, and lets callers hear themselves.
final class EchoApp implements CallApp {
  @Override
  public List<Operation> on(Event event) {
    return switch (event) {
      case CallCreated _ -> List.of(new Answer());
      case CallChanged(_, CallState state) when state == CallState.ANSWERED -> List.of(new Echo());
      default -> List.of(); // an application passes over what it does not know
    };
  }
}
