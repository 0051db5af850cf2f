package io.tipring.core.call;

import io.tipring.api.Operation;

/// What an operation ends when it begins.
enum Replaced {
  NOTHING,
  VOICE,
  EAR;

  static Replaced by(Operation operation) {
    return switch (operation) {
      case Operation.Say say -> say.replace() ? VOICE : NOTHING;
      case Operation.Play play -> play.replace() ? VOICE : NOTHING;
      case Operation.Pause pause -> pause.replace() ? VOICE : NOTHING;
      case Operation.Echo echo -> echo.replace() ? VOICE : NOTHING;
      case Operation.SendDigits send -> send.replace() ? VOICE : NOTHING;
      case Operation.Gather gather -> gather.replace() ? EAR : NOTHING;
      case Operation.Ring _,
          Operation.Answer _,
          Operation.Reject _,
          Operation.Redirect _,
          Operation.Cancel _,
          Operation.HangUp _ ->
          NOTHING;
    };
  }
}
