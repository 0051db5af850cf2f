package io.tipring.media.worker;

import io.tipring.media.spec.MediaEvent.Ending;

/// Where a pipeline's parts say that a command is over, once for each.
interface Endings {
  void ended(String ref, Ending ending);
}
