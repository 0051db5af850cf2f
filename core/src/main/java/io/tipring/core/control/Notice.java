package io.tipring.core.control;

import io.tipring.api.CallId;
import io.tipring.api.SessionId;
import java.net.URI;

/// Something about a session that an operator wants to know.
///
/// @param detail in words, empty when `what` says it all
public record Notice(
    String application, URI url, SessionId session, CallId call, What what, String detail) {

  public enum What {
    /// Connected, for the first time or again.
    REACHED,
    /// An attempt came to nothing.
    NOT_REACHED,
    /// The connection is gone, and is looked for again.
    LOST,
    /// A message could not be understood.
    NOT_UNDERSTOOD,
    /// Events fell out of what is kept before the application could be told.
    DROPPED,
    /// The application has closed with 1000.
    DONE,
    /// It is not waited for any longer; another takes over.
    FELL_BACK,
    /// It is not waited for any longer; the call ends.
    GIVEN_UP,
    /// The session has said its last word.
    ENDED
  }
}
