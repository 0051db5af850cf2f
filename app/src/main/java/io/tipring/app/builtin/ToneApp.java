package io.tipring.app.builtin;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Event.CallChanged;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.CallState;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.Play;
import java.util.List;

/// Answers with one steady tone, which shows what a line does to sound.
final class ToneApp implements CallApp {
  private static final int HERTZ = 1000;

  @Override
  public List<Operation> on(Event event) {
    return switch (event) {
      case CallCreated _ -> List.of(new Answer());
      case CallChanged(_, CallState state) when state == CallState.ANSWERED ->
          List.of(Play.forever("tone:" + HERTZ));
      default -> List.of(); // an application passes over what it does not know
    };
  }
}
