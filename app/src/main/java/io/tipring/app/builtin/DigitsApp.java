package io.tipring.app.builtin;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.DigitPressed;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.Play;
import java.util.List;

/// Answers, and sounds every key that the caller presses. As sound, since a telephone does not let
/// hear what reaches it as an event.
final class DigitsApp implements CallApp {
  @Override
  public List<Operation> on(Event event) {
    return switch (event) {
      case CallCreated _ -> List.of(new Answer());
      case DigitPressed pressed -> List.of(new Play("keys:" + pressed.digit()));
      default -> List.of(); // an application passes over what it does not know
    };
  }
}
