package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Operation.Play;
import io.tipring.api.Operation.Sound;
import io.tipring.api.OperationId;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.core.call.Beginning.Refused;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.Source;
import java.util.List;
import java.util.Optional;

/// `Play`: succeeds when the last sample was sent. Plays on one leg queue behind each other in its
/// pipeline.
record PlayRun(OperationId id, LegId leg) implements OperationRun {
  /// dBm0: loud enough to hear, quiet enough not to clip beside speech.
  private static final int TONE_LEVEL = -10;

  private static final int KEY_MILLIS = 160;
  private static final int KEY_GAP_MILLIS = 80;

  static Beginning begin(OperationId id, Play play, Leg leg, Sounds sounds) {
    if (!leg.answered()) {
      return new Refused(Refusal.WRONG_STATE, "answer the leg first");
    }
    return switch (play.sound()) {
      case Sound.Tone(int hertz) when hertz < 1 || hertz > 3999 ->
          new Refused(Refusal.BAD_PARAMETER, "a tone has 1 to 3999 Hz, not " + hertz);
      case Sound.Tone(int hertz) -> begun(id, play, leg, new Source.Tone(hertz, TONE_LEVEL));
      case Sound.Progress(String signal, String country) ->
          signal(signal)
              .map(s -> begun(id, play, leg, new Source.Progress(s, country)))
              .orElseGet(() ->
                  new Refused(
                      Refusal.BAD_PARAMETER,
                      "signal is one of dial, ringback, busy, congestion, not " + signal));
      case Sound.Keys(String digits) when !digits.matches("[0-9*#A-D]{1,128}") ->
          new Refused(Refusal.BAD_PARAMETER, "keys are 1 to 128 of 0-9*#A-D, not " + digits);
      case Sound.Keys(String digits) ->
          begun(id, play, leg, new Source.Keys(digits, KEY_MILLIS, KEY_GAP_MILLIS));
      case Sound.File(String name) ->
          sounds
              .find(name)
              .map(pcm -> begun(id, play, leg, new Source.Clip(name, pcm)))
              .orElseGet(() ->
                  new Refused(Refusal.NOT_FOUND, "no sound is loaded under the name " + name));
    };
  }

  private static Beginning begun(OperationId id, Play play, Leg leg, Source source) {
    return new Begun(
        new PlayRun(id, leg.id()),
        leg,
        List.of(
            new Effect.Sound(
                new MediaCommand.Play(leg.id().value(), id.value(), source, play.loop()))));
  }

  private static Optional<Source.Progress.Signal> signal(String name) {
    return switch (name) {
      case "dial" -> Optional.of(Source.Progress.Signal.DIAL);
      case "ringback" -> Optional.of(Source.Progress.Signal.RINGBACK);
      case "busy" -> Optional.of(Source.Progress.Signal.BUSY);
      case "congestion" -> Optional.of(Source.Progress.Signal.CONGESTION);
      default -> Optional.empty();
    };
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }
}
