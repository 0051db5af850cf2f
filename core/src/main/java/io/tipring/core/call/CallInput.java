package io.tipring.core.call;

import io.tipring.api.EndReason;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.media.spec.MediaEvent;

/// What a call can be told; each is one turn.
sealed interface CallInput {
  record FromLeg(LegEvent event) implements CallInput {}

  record FromMedia(MediaEvent event) implements CallInput {}

  /// The application asks for something.
  record Asked(OperationId id, Operation operation) implements CallInput {}

  /// Sound that an operation waits for is ready, or will not be.
  record Prepared(RunId run, int piece, Preparation answer) implements CallInput {}

  /// Its application is lost; the one of this name takes over.
  record FallBack(String application) implements CallInput {}

  /// A deadline may have passed: the call's own or one of its operations'.
  record Woken() implements CallInput {}

  /// End it now, whatever it is doing.
  record Terminate(EndReason reason) implements CallInput {}
}
