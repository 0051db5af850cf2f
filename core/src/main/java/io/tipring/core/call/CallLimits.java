package io.tipring.core.call;

import java.time.Duration;

/// How much, how many, how long.
///
/// @param calls at once on this exchange; above it callers get 503
/// @param operations in flight per call
/// @param unanswered how long an application may leave a caller waiting
/// @param call the longest call
public record CallLimits(int calls, int operations, Duration unanswered, Duration call) {
  public static final CallLimits STANDARD =
      new CallLimits(10_000, 32, Duration.ofMinutes(3), Duration.ofHours(12));
}
