package io.tipring.media.worker;

import io.tipring.media.spec.MediaEvent.Ending;

/// Where a pipeline's parts say that a command is over, once for each.
interface Endings {
  /// @param playedMillis how much of its sound was sent
  void ended(String ref, Ending ending, int playedMillis);

  /// What is no play.
  default void ended(String ref, Ending ending) {
    ended(ref, ending, 0);
  }
}
