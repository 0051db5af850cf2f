package io.tipring.testkit.stories;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Event.CallChanged;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.CallState;
import io.tipring.api.Event.DigitPressed;
import io.tipring.api.Operation;
import java.util.List;

/// Applications that stories call. Each says in a line what a caller meets.
final class Applications {
  private Applications() {}

  /// Answers, and lets callers hear themselves.
  static CallApp echo() {
    return onAnswer(new Operation.Echo());
  }

  /// Answers with 1 kHz.
  static CallApp tone() {
    return onAnswer(Operation.Play.forever("tone:1000"));
  }

  /// Answers each key with its own tone.
  static CallApp digits() {
    return event ->
        switch (event) {
          case CallCreated _ -> List.of(new Operation.Answer());
          case DigitPressed pressed -> List.of(new Operation.Play("keys:" + pressed.digit()));
          default -> List.of();
        };
  }

  /// Rings and never answers.
  static CallApp bell() {
    return event -> event instanceof CallCreated ? List.of(new Operation.Ring()) : List.of();
  }

  /// Rings, answers, and lets callers hear themselves.
  static CallApp ringThenEcho() {
    return event ->
        switch (event) {
          case CallCreated _ -> List.of(new Operation.Ring(), new Operation.Answer());
          case Event other when isAnswered(other) -> List.of(new Operation.Echo());
          default -> List.of();
        };
  }

  /// Is busy.
  static CallApp busy() {
    return event -> event instanceof CallCreated ? List.of(new Operation.Reject(486)) : List.of();
  }

  private static CallApp onAnswer(Operation operation) {
    return event ->
        switch (event) {
          case CallCreated _ -> List.of(new Operation.Answer());
          case Event other when isAnswered(other) -> List.of(operation);
          default -> List.of();
        };
  }

  private static boolean isAnswered(Event event) {
    return event instanceof CallChanged(_, CallState state) && state == CallState.ANSWERED;
  }
}
