package io.tipring.core.journal;

import io.tipring.api.CallId;
import io.tipring.api.Event;

/// Where everything that happens to a call is written, in order. Applications, logs and records are
/// its readers. Called on the lane; never blocks it.
@FunctionalInterface
public interface Journal {
  void append(Entry entry);

  /// One event of one call.
  ///
  /// @param seq counts from 1 per call, without holes
  /// @param atNanos the lane's monotonic time
  record Entry(CallId call, long seq, long atNanos, Event event) {}
}
