package io.tipring.core.journal;

import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.control.Cursor;

/// Where everything that happens to a call is written, in order. Logs and records are its readers.
/// Called on the lane; never blocks it.
@FunctionalInterface
public interface Journal {
  /// @param entry without what is sensitive
  void append(Entry entry);

  /// One event of one call.
  ///
  /// @param at counts from 1 per call, without holes
  /// @param atNanos the lane's monotonic time
  /// @param wallMillis since 1970; never goes back within a call
  record Entry(CallId call, Cursor at, long atNanos, long wallMillis, Event event) {
    /// As everybody but the application may see it.
    public Entry masked() {
      Event masked = event.masked();
      return masked.equals(event) ? this : new Entry(call, at, atNanos, wallMillis, masked);
    }
  }
}
