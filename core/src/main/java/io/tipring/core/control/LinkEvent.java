package io.tipring.core.control;

import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.Error;
import java.util.Optional;

/// What happens to a connection. It begins with [Opened] or [Refused]; [Refused] and [Closed] are
/// the last.
public sealed interface LinkEvent {
  /// Messages can be sent; the link is writable.
  record Opened() implements LinkEvent {}

  /// There will be no connection.
  ///
  /// @param why for the log: what was tried and what came back
  record Refused(String why) implements LinkEvent {}

  record Received(FromApplication message) implements LinkEvent {}

  /// A message that could not be understood. The link goes on.
  ///
  /// @param ref the message's own id, where it could be read
  record Misunderstood(Error error, Optional<String> ref) implements LinkEvent {}

  /// The application broke the rules of the connection itself, which must be closed.
  ///
  /// @param why one of [CloseReason#NOT_UNDERSTOOD], [CloseReason#BINARY], [CloseReason#TOO_LARGE]
  record Violated(CloseReason why) implements LinkEvent {}

  /// Whether more can be sent now. Said when it changes.
  record Writable(boolean yes) implements LinkEvent {}

  /// It is closed, by the application or because it broke.
  ///
  /// @param code RFC 6455 7.4.1: the application's own, 1005 for none, 1006 for a connection that
  ///   broke or fell silent
  record Closed(int code) implements LinkEvent {}
}
