package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import java.util.function.Consumer;

/// Makes sound ready to be played: speech rendered, files read, URLs fetched, all decoded into
/// memory. Called on the lane; never blocks it.
@FunctionalInterface
public interface Sounds {
  /// Answers `done` exactly once, within a deadline of its own: at once when it is in memory, later
  /// and on any thread otherwise.
  void prepare(SoundRequest request, Consumer<Preparation> done);

  /// Has none.
  Sounds NONE =
      (_, done) ->
          done.accept(
              new Preparation.Unavailable(Refusal.NOT_FOUND, "this exchange has no such sound"));
}
