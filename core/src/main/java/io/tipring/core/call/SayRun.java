package io.tipring.core.call;

import io.tipring.api.Operation.Say;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Done;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `Say`: text that is made into speech, and then a [SoundingRun].
final class SayRun {
  static final int LONGEST_TEXT = 3_000;

  private static final int LONGEST_NAME = 100;

  private SayRun() {}

  static Beginning begin(RunId id, Say say, Leg leg) {
    Optional<String> fault = fault(say.text(), say.voice(), say.language());
    if (fault.isPresent()) {
      return Beginning.bad(fault.get());
    }
    if (say.text().isBlank()) {
      return leg.ending()
          ? Beginning.LEG_IS_ENDING
          : new Done(leg, new Outcome.Played(Duration.ZERO), List.of());
    }
    var speech = new SoundRequest.Speech(say.text(), say.voice(), say.language());
    return SoundingRun.begin(id, leg, List.of(new Piece.Awaited(speech, 0)), 1);
  }

  /// What is wrong with text to be spoken.
  static Optional<String> fault(String text, Optional<String> voice, Optional<String> language) {
    if (text.length() > LONGEST_TEXT) {
      return Optional.of(
          "text has at most "
              + LONGEST_TEXT
              + " characters, this has "
              + text.length()
              + "; say it in several operations");
    }
    if (voice.orElse("").length() > LONGEST_NAME || language.orElse("").length() > LONGEST_NAME) {
      return Optional.of("voice and language have at most " + LONGEST_NAME + " characters");
    }
    return Optional.empty();
  }
}
