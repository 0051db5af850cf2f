package io.tipring.api;

/// What happened, in the past tense. On the wire `CallCreated` is `call.created`.
public sealed interface Event {
  /// A call exists and waits for its application. `to` is the name or number that was dialled.
  record CallCreated(CallId call, Direction direction, String from, String to) implements Event {}

  record CallChanged(CallId call, CallState state) implements Event {}

  /// The last event of a call.
  record CallEnded(CallId call, EndReason reason) implements Event {}

  record LegCreated(LegId leg, Direction direction, String from, String to) implements Event {}

  record LegChanged(LegId leg, LegState state) implements Event {}

  record LegEnded(LegId leg, EndReason reason) implements Event {}

  /// One key, however it came.
  record DigitPressed(LegId leg, char digit, DigitMethod method, int durationMillis)
      implements Event {}

  record OperationAccepted(OperationId operation) implements Event {}

  record OperationSucceeded(OperationId operation) implements Event {}

  /// @param hint what to do about it
  record OperationFailed(OperationId operation, Refusal refusal, String hint) implements Event {}

  record OperationCancelled(OperationId operation) implements Event {}

  enum Direction {
    INBOUND,
    OUTBOUND
  }

  enum CallState {
    OFFERED,
    RINGING,
    ANSWERED
  }

  enum LegState {
    OFFERED,
    RINGING,
    ANSWERED,
    HELD
  }

  enum DigitMethod {
    RTP_EVENT,
    SIP_INFO,
    IN_BAND
  }

  /// Why an operation was refused or failed.
  enum Refusal {
    WRONG_STATE,
    UNKNOWN_LEG,
    TOO_MANY,
    BAD_PARAMETER,
    NOT_FOUND,
    TIMED_OUT,
    LEG_ENDED,
    NO_MEDIA
  }
}
