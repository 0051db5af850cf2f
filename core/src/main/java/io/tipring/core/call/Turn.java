package io.tipring.core.call;

import io.tipring.api.Event;
import java.util.ArrayList;
import java.util.List;

/// One turn of a call while it lasts: what time it is, and what has been asked for so far. Owner:
/// the exchange lane.
final class Turn {
  private final long nowNanos;
  private final List<Effect> effects = new ArrayList<>();

  Turn(long nowNanos) {
    this.nowNanos = nowNanos;
  }

  long nowNanos() {
    return nowNanos;
  }

  void ask(Effect effect) {
    effects.add(effect);
  }

  void ask(List<Effect> more) {
    effects.addAll(more);
  }

  void announce(Event event) {
    ask(new Effect.Announce(event));
  }

  List<Effect> effects() {
    return List.copyOf(effects);
  }
}
