package io.tipring.media.spec;

/// What the media plane reports, each about one leg.
public sealed interface MediaEvent {
  /// Text of the leg's id.
  String leg();

  /// A key is being pressed; its [Digit] follows when it is known to have ended. Told with its
  /// first packet, so that a prompt can stop at once.
  record DigitBegan(String leg, char key, DigitMethod method) implements MediaEvent {}

  /// One key was pressed. Reported once, when it is known to have ended (or 5 s after it began).
  ///
  /// @param key one of `0-9*#A-D`
  record Digit(String leg, char key, DigitMethod method, int durationMillis)
      implements MediaEvent {}

  /// The command called `ref` has ended, exactly once.
  ///
  /// @param playedMillis of a play: how much of its sound was sent, in media time; what went by
  ///   unheard while the leg was on hold is none. 0 for everything else
  record Finished(String leg, String ref, Ending ending, int playedMillis) implements MediaEvent {
    public Finished(String leg, String ref, Ending ending) {
      this(leg, ref, ending, 0);
    }
  }

  /// No packet has come for the time the plane is set to watch for.
  record Silent(String leg, int millis) implements MediaEvent {}

  /// The pipeline is gone, its port rests. The last event of a leg.
  record Closed(String leg, MediaStats stats) implements MediaEvent {}

  /// How a command ended.
  enum Ending {
    COMPLETED,
    STOPPED,
    GONE
  }

  /// How a key reached us.
  enum DigitMethod {
    RTP_EVENT,
    SIP_INFO,
    IN_BAND
  }
}
