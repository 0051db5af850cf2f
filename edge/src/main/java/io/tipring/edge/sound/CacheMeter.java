package io.tipring.edge.sound;

/// What a cache did with requests.
public enum CacheMeter {
  /// It was there, or being made already.
  HIT,
  MISS
}
