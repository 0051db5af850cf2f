package io.tipring.core.call;

import io.tipring.api.Event.Refusal;

/// What an input means to an operation in progress.
sealed interface Verdict {
  /// Nothing: it goes on.
  record GoesOn() implements Verdict {}

  record Succeeded() implements Verdict {}

  record Failed(Refusal refusal, String hint) implements Verdict {}

  record Cancelled() implements Verdict {}

  GoesOn GOES_ON = new GoesOn();
}
