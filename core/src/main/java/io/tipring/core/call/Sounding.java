package io.tipring.core.call;

import io.tipring.api.Event;
import io.tipring.api.Event.Refusal;
import io.tipring.api.Event.Stage;
import io.tipring.api.LegId;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What one operation lets its leg hear: pieces, one after the other, as often as wanted. It asks
/// for those that must be made ready first, and gives the media plane one more than is playing, so
/// that no gap is heard between two.
///
/// @param rounds how often all pieces are played; 0 is without end
record Sounding(RunId id, LegId leg, List<Piece> pieces, int rounds, State state) {
  /// With the media plane at a time: the one that plays, and the next.
  private static final int AHEAD = 2;

  /// For a piece that is not ready, and beyond the length of those that are played.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long NANOS_PER_MILLI = 1_000_000;

  sealed interface State {
    /// Nobody hears it yet.
    record Silent() implements State {}

    /// Its turn: of all pieces in all rounds `done` were played, and `given` were given to the
    /// media plane.
    ///
    /// @param playedMillis of those that are done
    /// @param sinceNanos when the one that plays began
    record Running(int done, int given, long playedMillis, long sinceNanos, long giveUpNanos)
        implements State {
      boolean plays() {
        return given > done;
      }
    }
  }

  /// What an input meant.
  sealed interface Step {
    record GoesOn(Sounding next, List<Effect> effects) implements Step {}

    record Over(Duration played) implements Step {}

    record Broken(Refusal refusal, String hint, List<Effect> effects) implements Step {}
  }

  static Sounding of(RunId id, LegId leg, List<Piece> pieces, int rounds) {
    return new Sounding(id, leg, List.copyOf(pieces), rounds, new State.Silent());
  }

  /// Asks for what is not there.
  List<Effect> prepare() {
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Awaited(SoundRequest request, _)) {
        effects.add(new Effect.Prepare(id, i, request));
      }
    }
    return effects;
  }

  /// Nothing of it has been given to the media plane.
  boolean unheard() {
    return switch (state) {
      case State.Silent _ -> true;
      case State.Running running -> running.given() == 0;
    };
  }

  long deadlineNanos() {
    return switch (state) {
      case State.Silent _ -> Long.MAX_VALUE;
      case State.Running running -> running.giveUpNanos();
    };
  }

  /// Its turn has come.
  Step begin(long nowNanos) {
    return go(new State.Running(0, 0, 0, nowNanos, Long.MAX_VALUE), nowNanos);
  }

  Step on(RunInput.Prepared prepared, long nowNanos) {
    if (prepared.piece() >= pieces.size()
        || !(pieces.get(prepared.piece()) instanceof Piece.Awaited awaited)) {
      return same(); // No longer wanted, or told before.
    }
    List<Piece> after = new ArrayList<>(pieces);
    after.set(prepared.piece(), awaited.with(prepared.answer()));
    Sounding next = new Sounding(id, leg, List.copyOf(after), rounds, state);
    if (unheard() && after.get(prepared.piece()) instanceof Piece.Missing missing) {
      return new Step.Broken(missing.refusal(), missing.hint(), List.of());
    }
    return switch (state) {
      case State.Silent _ -> next.same();
      case State.Running running -> next.go(running, nowNanos);
    };
  }

  Step on(RunInput.Finished finished, long nowNanos) {
    if (!(state instanceof State.Running running)
        || finished.number() != running.done()
        || !running.plays()) {
      return same(); // Not what plays.
    }
    if (finished.ending() != Ending.COMPLETED) {
      State.Running left =
          new State.Running(running.done() + 1, running.given(), 0, nowNanos, Long.MAX_VALUE);
      return new Step.Broken(
          Refusal.LEG_ENDED, "the leg is ending: its sound is closed", in(left).silence());
    }
    return go(
        new State.Running(
            running.done() + 1,
            running.given(),
            running.playedMillis() + finished.playedMillis(),
            nowNanos,
            Long.MAX_VALUE),
        nowNanos);
  }

  /// Takes back what the media plane has.
  List<Effect> silence() {
    return switch (state) {
      case State.Silent _ -> List.of();
      case State.Running running -> {
        List<Effect> stops = new ArrayList<>();
        for (int number = running.done(); number < running.given(); number++) {
          stops.add(
              new Effect.Sound(new MediaCommand.Stop(leg.value(), new Ref(id, number).text())));
        }
        yield stops;
      }
    };
  }

  /// How much of it was heard. Of the piece that plays only the media plane knows, which is not
  /// waited for: its share is that of the clock.
  Duration played(long nowNanos) {
    return switch (state) {
      case State.Silent _ -> Duration.ZERO;
      case State.Running running -> {
        long now =
            running.plays() && piece(running.done()) instanceof Piece.Ready ready
                ? Math.min(ready.millis(), (nowNanos - running.sinceNanos()) / NANOS_PER_MILLI)
                : 0;
        yield Duration.ofMillis(running.playedMillis() + now);
      }
    };
  }

  private Step same() {
    return new Step.GoesOn(this, List.of());
  }

  private Sounding in(State next) {
    return new Sounding(id, leg, pieces, rounds, next);
  }

  /// Gives the media plane what it can take, then waits for it or for a piece.
  private Step go(State.Running from, long nowNanos) {
    List<Effect> effects = new ArrayList<>();
    int given = from.given();
    long since = from.plays() ? from.sinceNanos() : nowNanos;
    while (given - from.done() < AHEAD && has(given)) {
      if (!(piece(given) instanceof Piece.Ready ready)) {
        break;
      }
      boolean endless = rounds == 0 && pieces.size() == 1;
      effects.add(
          new Effect.Sound(
              new MediaCommand.Play(
                  leg.value(), new Ref(id, given).text(), ready.source(), endless)));
      if (given == 0) {
        effects.add(
            new Effect.Announce(new Event.OperationProgress(id.operation(), Stage.PLAYING)));
      }
      given++;
      if (endless) {
        break;
      }
    }
    if (given > from.done()) {
      long giveUp = giveUpNanos(from.done(), given, nowNanos);
      return new Step.GoesOn(
          in(new State.Running(from.done(), given, from.playedMillis(), since, giveUp)), effects);
    }
    if (!has(given)) {
      return new Step.Over(Duration.ofMillis(from.playedMillis()));
    }
    return switch (piece(given)) {
      case Piece.Missing(Refusal refusal, String hint) -> new Step.Broken(refusal, hint, effects);
      case Piece.Awaited _, Piece.Ready _ ->
          new Step.GoesOn(
              in(
                  new State.Running(
                      from.done(),
                      given,
                      from.playedMillis(),
                      since,
                      nowNanos + PATIENCE.toNanos())),
              effects);
    };
  }

  private Piece piece(int number) {
    return pieces.get(number % pieces.size());
  }

  private boolean has(int number) {
    if (pieces.isEmpty()) {
      return false;
    }
    if (rounds == 0) {
      return number < pieces.size() || pieces.stream().anyMatch(Sounding::lasts);
    }
    return number < rounds * pieces.size();
  }

  /// A round that takes no time must not come again for ever.
  private static boolean lasts(Piece piece) {
    return !(piece instanceof Piece.Ready ready) || ready.millis() > 0;
  }

  /// The media plane always answers; this is for the day it does not.
  private long giveUpNanos(int from, int to, long nowNanos) {
    if (rounds == 0 && pieces.size() == 1) {
      return Long.MAX_VALUE;
    }
    long millis = PATIENCE.toMillis();
    for (int number = from; number < to; number++) {
      if (!(piece(number) instanceof Piece.Ready ready) || ready.millis() == Long.MAX_VALUE) {
        return Long.MAX_VALUE;
      }
      millis += ready.millis();
    }
    return nowNanos + millis * NANOS_PER_MILLI;
  }
}
