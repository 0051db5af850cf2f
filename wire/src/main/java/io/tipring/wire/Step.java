package io.tipring.wire;

import java.util.List;

/// What one input did to a machine: the state it is in now, and what its owner must carry out, in
/// order.
///
/// @param next the state to keep; its `wakeAtNanos()` is when the owner wakes the machine
/// @param out effects and notices, first to last
public record Step<S, O>(S next, List<O> out) {
  public Step {
    out = List.copyOf(out);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <S, O> Step<S, O> to(S next, O... out) {
    return new Step<>(next, List.of(out));
  }
}
