package io.tipring.core.lane;

/// A serial executor with a clock and timers. What lives on a lane is touched by no other thread:
/// no locks, a total order, no races at hang-up (docs/threads.md).
///
/// Inputs are never dropped and never block the poster; bounds are at the doors (ADR 0002).
public interface Lane {
  /// Monotonic time in nanoseconds; the same during one turn. Only on the lane.
  long nowNanos();

  /// Runs `turn` on the lane after everything posted before it. From any thread.
  ///
  /// @param resource whose turn it is (an id): a World that spreads gives each resource its own
  ///   delay
  void post(String resource, Runnable turn);

  /// Runs `turn` on the lane at `atNanos` or soon after. Only on the lane.
  Alarm wakeAt(long atNanos, String resource, Runnable turn);

  /// A timer that has not fired yet.
  interface Alarm {
    /// After this the turn will not run. Cancelling twice, or after it ran, is no news. Only on the
    /// lane.
    void cancel();
  }
}
