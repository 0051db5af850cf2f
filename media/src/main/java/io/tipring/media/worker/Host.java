package io.tipring.media.worker;

import io.tipring.media.spec.MediaSpec;
import java.util.Optional;

/// What a worker asks of the thread that runs it. Called on that thread only, in the middle of
/// [Worker#tell].
public interface Host {
  /// The packets of the port that was reserved for `leg`. Empty when the reservation is gone.
  Optional<PacketIo> open(String leg, MediaSpec spec);

  /// Carries a detached pipeline over to another worker, which calls [Worker#attach]. Its packets
  /// belong to nobody until then. Commands for the leg are the plane's to hold back until the other
  /// worker has it.
  void handOver(Pipeline pipeline, int worker);
}
