package io.tipring.media.spec;

import java.util.Optional;

/// The media plane as the exchange lane sees it. Called on the lane only; never blocks it.
public interface MediaPlane {
  /// Takes a pre-bound port pair for `leg`, so that an answer can name it in the same turn. Empty
  /// when the pool has no rested port: the caller answers 503.
  Optional<Reservation> reserve(String leg, Family family);

  /// Hands a command to the worker that owns the leg. A leg that is unknown or gone answers with
  /// [MediaEvent.Ending#GONE].
  void tell(MediaCommand command);

  /// A port pair that belongs to `leg` until it closes. The address beside it in SDP is
  /// signalling's choice.
  record Reservation(String leg, int rtpPort, int rtcpPort) {}

  enum Family {
    IPV4,
    IPV6
  }
}
