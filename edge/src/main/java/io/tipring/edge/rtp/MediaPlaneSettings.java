package io.tipring.edge.rtp;

import io.tipring.media.worker.WorkerSettings;

/// How a media plane is made.
///
/// @param workers 1 or more; in production one for every two cores is plenty
public record MediaPlaneSettings(
    int workers, PortSettings ports, RtpSettings rtp, WorkerSettings worker) {
  public MediaPlaneSettings {
    if (workers < 1 || workers > 256) {
      throw new IllegalArgumentException("media workers must be 1 to 256: " + workers);
    }
  }
}
