package io.tipring.app.builtin;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.DigitPressed;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.SendDigits;
import java.util.List;

/// Answers, and presses every key that the caller presses.
final class DigitsApp implements CallApp {
  @Override
  public List<Operation> on(Event event) {
    return switch (event) {
      case CallCreated _ -> List.of(new Answer());
      case DigitPressed pressed -> List.of(new SendDigits(String.valueOf(pressed.digit())));
      default -> List.of(); // an application passes over what it does not know
    };
  }
}
