package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Operation.Play;
import io.tipring.api.OperationId;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.core.call.Beginning.Refused;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.Source;
import java.util.List;

/// `Play`: succeeds when the last sample was sent. Plays on one leg queue behind each other in its
/// pipeline.
record PlayRun(OperationId id, LegId leg) implements OperationRun {
  /// dBm0: loud enough to hear, quiet enough not to clip beside speech.
  private static final int TONE_LEVEL = -10;

  private static final int KEY_MILLIS = 160;
  private static final int KEY_GAP_MILLIS = 80;

  static Beginning begin(OperationId id, Play play, Leg leg) {
    if (!leg.answered()) {
      return new Refused(Refusal.WRONG_STATE, "answer the leg first");
    }
    String url = play.urls().getFirst();
    if (url.matches("tone:[0-9]+")) {
      return begun(id, play, leg, new Source.Tone(Integer.parseInt(url.substring(5)), TONE_LEVEL));
    }
    return begun(id, play, leg, new Source.Keys(url.substring(5), KEY_MILLIS, KEY_GAP_MILLIS));
  }

  private static Beginning begun(OperationId id, Play play, Leg leg, Source source) {
    return new Begun(
        new PlayRun(id, leg.id()),
        leg,
        List.of(
            new Effect.Sound(
                new MediaCommand.Play(leg.id().value(), id.value(), source, play.loop() == 0))));
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }
}
