package io.tipring.edge.rtp;

import io.tipring.media.spec.MediaCommand;
import io.tipring.media.worker.Pipeline;
import java.util.Optional;

/// What is put into a worker's mailbox.
sealed interface WorkerInput {
  /// For the leg's pipeline, or for the worker to answer that it is gone.
  record Tell(MediaCommand command) implements WorkerInput {}

  /// The leg is on its way from another worker: its commands wait for [Arrive].
  record Expect(String leg) implements WorkerInput {}

  /// The leg has come, or, when empty, was gone before it could be sent.
  record Arrive(String leg, Optional<Pipeline> pipeline) implements WorkerInput {}

  /// Nothing comes after this.
  record Retire() implements WorkerInput {}
}
