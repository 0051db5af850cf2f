package io.tipring.media.worker;

/// How a worker behaves, the same for all its legs.
///
/// @param silentAfterMillis report [io.tipring.media.spec.MediaEvent.Silent] after so long without
///   a packet; 0 for never
/// @param maxQueuedPlays plays that may wait on one leg; one more ends at once as STOPPED
/// @param seed of the comfort noise; nothing secret hangs on it
public record WorkerSettings(int silentAfterMillis, int maxQueuedPlays, long seed) {
  public static final WorkerSettings STANDARD = new WorkerSettings(30_000, 64, 1);

  public WorkerSettings {
    if (silentAfterMillis < 0 || maxQueuedPlays < 1) {
      throw new IllegalArgumentException(
          "silentAfterMillis must be 0 or more and maxQueuedPlays 1 or more: "
              + silentAfterMillis
              + ", "
              + maxQueuedPlays);
    }
  }
}
