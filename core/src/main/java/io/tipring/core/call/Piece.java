package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.media.spec.Pcm;
import io.tipring.media.spec.Source;
import io.tipring.media.spec.Source.Clip;
import io.tipring.media.spec.Source.Keys;
import io.tipring.media.spec.Source.Progress;
import io.tipring.media.spec.Source.Silence;
import io.tipring.media.spec.Source.Tone;

/// One of the sounds of an operation.
sealed interface Piece {
  /// It can be played now.
  record Ready(Source source) implements Piece {
    /// In media time; [Long#MAX_VALUE] where it has no end, or one that only the media plane knows.
    long millis() {
      return switch (source) {
        case Tone _, Progress _ -> Long.MAX_VALUE;
        case Keys(String digits, int tone, int gap) -> (long) digits.length() * (tone + gap);
        case Clip(_, Pcm pcm, int from) -> Math.max(0, pcm.length() - from) / SAMPLES_PER_MILLI;
        case Silence(int millis) -> millis;
      };
    }
  }

  /// It is being made, read or fetched.
  ///
  /// @param from samples of it that are left out
  record Awaited(SoundRequest request, int from) implements Piece {
    Piece with(Preparation answer) {
      return switch (answer) {
        case Preparation.Ready(Pcm pcm) -> new Ready(new Clip(name(), pcm, from));
        case Preparation.Unavailable(Refusal refusal, String hint) -> new Missing(refusal, hint);
      };
    }

    /// Tells what it is, and nothing of what it says.
    private String name() {
      return switch (request) {
        case SoundRequest.Speech _ -> "speech";
        case SoundRequest.File(String name) -> name;
        case SoundRequest.Web(var uri) -> uri.getHost();
      };
    }
  }

  /// It will not be there.
  record Missing(Refusal refusal, String hint) implements Piece {}

  int SAMPLES_PER_MILLI = 8;
}
