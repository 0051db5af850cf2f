package io.tipring.api;

import java.time.Duration;
import java.util.Optional;

/// What happened, in the past tense. On the wire `CallCreated` is `call.created`.
public sealed interface Event {
  /// Stands for what is sensitive, for everybody but the application.
  String MASK = "***";

  /// As everybody but the application may see it.
  default Event masked() {
    return switch (this) {
      case DigitPressed(LegId leg, _, DigitMethod method, Duration duration, boolean sensitive)
          when sensitive ->
          new DigitPressed(leg, MASK, method, duration, true);
      case IvrChanged(IvrId ivr, IvrState state, _, boolean sensitive) when sensitive ->
          new IvrChanged(ivr, state, MASK, true);
      case IvrEnded(IvrId ivr, _, GatherEnd reason, boolean sensitive) when sensitive ->
          new IvrEnded(ivr, MASK, reason, true);
      case OperationSucceeded(OperationId operation, Outcome outcome) ->
          new OperationSucceeded(operation, outcome.masked());
      case Event event -> event;
    };
  }

  /// A call exists and waits for its application. `to` is the name or number that was dialled.
  record CallCreated(CallId call, Direction direction, String from, String to) implements Event {}

  record CallChanged(CallId call, CallState state) implements Event {}

  /// The last event of a call.
  record CallEnded(CallId call, EndReason reason) implements Event {}

  record LegCreated(LegId leg, Direction direction, String from, String to) implements Event {}

  record LegChanged(LegId leg, LegState state) implements Event {}

  record LegEnded(LegId leg, EndReason reason) implements Event {}

  /// A gather has begun.
  record IvrCreated(IvrId ivr, LegId leg, OperationId operation) implements Event {}

  /// It listens now, or has heard another key.
  ///
  /// @param digits so far
  record IvrChanged(IvrId ivr, IvrState state, String digits, boolean sensitive) implements Event {}

  record IvrEnded(IvrId ivr, String digits, GatherEnd reason, boolean sensitive) implements Event {}

  /// One key, however it came. Told when the key is known to have been released.
  ///
  /// @param digit one of `0-9*#A-D`; `***` for everybody but the application when `sensitive`
  /// @param sensitive a sensitive gather awaits it, or it is typed ahead, when nobody knows yet
  ///   what for
  record DigitPressed(
      LegId leg, String digit, DigitMethod method, Duration duration, boolean sensitive)
      implements Event {}

  record OperationAccepted(OperationId operation) implements Event {}

  /// It has come so far.
  record OperationProgress(OperationId operation, Stage stage) implements Event {}

  record OperationSucceeded(OperationId operation, Outcome outcome) implements Event {}

  /// It was refused (nothing was accepted before), or it failed.
  ///
  /// @param hint what to do about it
  record OperationFailed(OperationId operation, Refusal refusal, String hint) implements Event {}

  /// Somebody ended it before its end.
  ///
  /// @param played of what sounds: how much of it the caller was sent, by the clock (to a few
  ///   hundredths of a second)
  record OperationCancelled(OperationId operation, CancelReason reason, Optional<Duration> played)
      implements Event {}

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

  enum IvrState {
    PROMPTING,
    LISTENING
  }

  enum DigitMethod {
    RTP_EVENT,
    SIP_INFO,
    IN_BAND
  }

  /// How far an operation that sounds has come.
  enum Stage {
    /// It waits for its turn, or its sound is being made or fetched.
    PREPARING,
    /// The caller hears it.
    PLAYING
  }

  /// Why an operation was refused or failed.
  enum Refusal {
    WRONG_STATE,
    UNKNOWN_LEG,
    UNKNOWN_OPERATION,
    UNKNOWN_APPLICATION,
    TOO_MANY,
    BAD_PARAMETER,
    NOT_FOUND,
    TOO_LARGE,
    BAD_SOUND,
    FETCH_FAILED,
    SPEECH_FAILED,
    TIMED_OUT,
    /// The leg has ended, or is about to: its hang-up may be on the way to its end.
    LEG_ENDED
  }

  /// Who or what ended an operation before its end.
  enum CancelReason {
    /// [Operation.Cancel].
    ASKED,
    /// Another operation with `replace`.
    REPLACED,
    /// A key of the caller, while a gather allowed it.
    BARGED_IN,
    /// The call went to another application.
    REDIRECTED
  }
}
