package io.tipring.api.control;

import io.tipring.api.Event;
import io.tipring.api.SessionId;
import java.time.Duration;

/// What the exchange says to an application, beside the events of the call.
public sealed interface ToApplication {
  /// The first word on every connection.
  ///
  /// @param answerWithin by then the application must have asked for something (or, on a session
  ///   taken up again, have said where it wants to go on)
  /// @param at the last event so far; on a session taken up again, `resume` with an earlier one
  ///   brings those between
  record SessionStarted(
      SessionId session,
      StartReason reason,
      CallSnapshot call,
      Cursor at,
      Duration answerWithin,
      Bounds bounds)
      implements ToApplication {}

  /// An event of the call; the envelope has its `seq`, and the event's own name is the type.
  record Happened(Event event) implements ToApplication {}

  /// The last word; the connection is closed after it.
  record SessionEnded(SessionId session, CloseReason reason) implements ToApplication {}

  /// So many events were left out here: the application did not read, or came back too late.
  record Dropped(long events) implements ToApplication {}

  /// What `resume` asked for lies beyond what this exchange knows; it goes on from `to`.
  record Rewound(Cursor to) implements ToApplication {}

  /// A message could not be understood, and nothing was done about it. The session goes on.
  ///
  /// @param hint what to do about it
  @SuppressWarnings("AvoidCommonTypeNames") // on the wire it is `error`
  record Error(ErrorCode code, String message, String hint) implements ToApplication {}

  /// What is admitted on a connection.
  ///
  /// @param messageBytes the longest message
  /// @param operations in progress per call
  record Bounds(int messageBytes, int operations) {}

  /// Why a connection is made.
  enum StartReason {
    CALL,
    RESUMED,
    REDIRECTED,
    FALLBACK
  }

  /// Why a session is over; the WebSocket close code follows from it.
  enum CloseReason {
    /// The call is over.
    CALL_ENDED(1000),
    /// Another application has the call now.
    REDIRECTED(1000),
    /// This exchange stops.
    GOING_AWAY(1001),
    /// The connection broke the rules of WebSocket.
    NOT_UNDERSTOOD(1002),
    /// A message was binary: only text is spoken.
    BINARY(1003),
    /// Nothing was said in time on a new connection.
    DID_NOT_ANSWER(4000),
    /// Nothing was read for too long.
    SLOW(4001),
    /// This connection came too late: another is tried, or another application.
    SUPERSEDED(4002),
    /// Too many messages in a row could not be understood.
    TOO_MANY_ERRORS(4003),
    /// A message was too long.
    TOO_LARGE(1009);

    private final int code;

    CloseReason(int code) {
      this.code = code;
    }

    /// RFC 6455 7.4; from 4000 on our own.
    public int code() {
      return code;
    }
  }

  /// What is wrong with a message.
  enum ErrorCode {
    NOT_JSON,
    NOT_AN_ENVELOPE,
    MISSING_MEMBER,
    BAD_MEMBER,
    BAD_ID,
    TOO_DEEP,
    BAD_CURSOR,
    /// Nothing is done twice: an operation of this session had that id before, and may still be in
    /// progress. It is no end of that one.
    DUPLICATE_ID,
    /// A message that has its place only elsewhere in a session.
    NOT_NOW
  }
}
