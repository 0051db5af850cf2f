package io.tipring.api;

/// Why a gather waits for no more keys.
public enum GatherEnd {
  /// The key that finishes was pressed.
  FINISH_KEY,
  /// As many keys as were wanted.
  MAX_DIGITS,
  /// At least `min` keys, and no further one in time.
  INTER_DIGIT_TIMEOUT,
  /// Some keys, but fewer than `min`, when the time was over.
  TIMEOUT,
  /// Not one key.
  NO_INPUT,
  /// The operation was cancelled, replaced or its call redirected.
  CANCELLED,
  /// The leg ended first.
  LEG_ENDED,
  /// The prompt could not be played.
  FAILED
}
