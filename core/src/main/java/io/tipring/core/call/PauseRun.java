package io.tipring.core.call;

import io.tipring.api.Operation.Pause;
import io.tipring.media.spec.Source;
import java.time.Duration;
import java.util.List;

/// `Pause`: a silence, and then a [SoundingRun].
final class PauseRun {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private PauseRun() {}

  static Beginning begin(RunId id, Pause pause, Leg leg) {
    Duration duration = pause.duration();
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      return Beginning.bad("a pause lasts 0 to " + LONGEST.toMinutes() + " minutes");
    }
    var silence = new Source.Silence((int) duration.toMillis());
    return SoundingRun.begin(id, leg, List.of(new Piece.Ready(silence)), 1);
  }
}
