package io.tipring.core.call;

import io.tipring.api.Operation.Play;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `Play`: sounds by URL, and then a [SoundingRun].
final class PlayRun {
  private static final int MOST_URLS = 16;
  private static final int MOST_ROUNDS = 1_000;
  private static final Duration LATEST_START = Duration.ofHours(24);

  private PlayRun() {}

  static Beginning begin(RunId id, Play play, Leg leg) {
    List<String> urls = play.urls();
    if (urls.isEmpty() || urls.size() > MOST_URLS) {
      return Beginning.bad("urls are 1 to " + MOST_URLS + ", not " + urls.size());
    }
    if (play.loop() < 0 || play.loop() > MOST_ROUNDS) {
      return Beginning.bad(
          "loop is 1 to " + MOST_ROUNDS + ", or 0 until cancelled, not " + play.loop());
    }
    if (play.from().isNegative() || play.from().compareTo(LATEST_START) > 0) {
      return Beginning.bad("from is 0 to " + LATEST_START.toHours() + " hours");
    }
    int from = Math.toIntExact(play.from().toMillis() * Piece.SAMPLES_PER_MILLI);
    List<Piece> pieces = new ArrayList<>();
    for (String url : urls) {
      switch (SoundUrl.parse(url)) {
        case SoundUrl.Bad(String hint) -> {
          return Beginning.bad(hint);
        }
        case SoundUrl.Wanted(SoundRequest request) ->
            pieces.add(new Piece.Awaited(request, pieces.isEmpty() ? from : 0));
        case SoundUrl.Made(var source) -> {
          if (pieces.isEmpty() && from > 0) {
            return Beginning.bad("from is for a first sound that is a WAV file; tones begin at 0");
          }
          pieces.add(new Piece.Ready(source));
        }
      }
    }
    return SoundingRun.begin(id, leg, pieces, play.loop());
  }
}
