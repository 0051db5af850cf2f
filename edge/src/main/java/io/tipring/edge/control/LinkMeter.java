package io.tipring.edge.control;

/// What connections to remote applications count.
public enum LinkMeter {
  ATTEMPTS,
  OPENED,
  /// As many of those that were opened are gone, for whatever reason.
  CLOSED,
  /// Attempts that came to nothing, or were given up.
  REFUSED,
  /// The application closed with a code, or with none.
  CLOSED_BY_APPLICATION,
  /// Broken without a close.
  BROKEN,
  /// Closed since the application did not answer a ping.
  SILENT,
  /// Broken off since too much waited to be sent.
  OVERFLOWN,
  /// Closed since the application broke the rules of WebSocket or our bounds.
  VIOLATIONS,
  MESSAGES_IN,
  MESSAGES_OUT,
  /// Messages that were answered with an error.
  MISUNDERSTOOD,
  /// Messages of a type that is not known here.
  UNKNOWN_TYPES,
  /// How often an application did not read what was sent to it.
  STALLS,
  /// An exception on an event loop: a fault of ours.
  FAILURES
}
