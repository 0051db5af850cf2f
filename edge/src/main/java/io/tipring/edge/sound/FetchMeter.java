package io.tipring.edge.sound;

/// What became of sounds at URLs that were asked for.
public enum FetchMeter {
  /// Kept, and fresh.
  HIT,

  /// Being fetched for somebody else already.
  JOINED,

  /// Got from its server.
  FETCHED,

  /// Kept, and its server said that it has not changed.
  VALIDATED,

  /// Kept, no longer fresh, and its server is away.
  STALE,

  FAILED
}
