package io.tipring.core.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two queues of one leg: whom its caller hears, and who listens to its keys. Owner: the
/// exchange lane.
final class LegQueues {
  final Line voice = new Line();
  final Line ear = new Line();
  final TypedAhead typedAhead = new TypedAhead();

  /// The last gather was sensitive. What is pressed after it may still belong to it.
  boolean sensitive;

  /// What may follow the last entry.
  @Nullable Straggler straggler;

  /// The key belongs to the last entry, though that is complete without it.
  boolean straggles(char key, long nowNanos) {
    return straggler != null && straggler.key() == key && nowNanos < straggler.untilNanos();
  }

  /// First come, first served.
  static final class Line {
    private final List<RunId> places = new ArrayList<>();
    private @Nullable RunId served;

    void add(RunId id) {
      places.add(id);
    }

    void leave(RunId id) {
      places.remove(id);
    }

    List<RunId> places() {
      return List.copyOf(places);
    }

    boolean isEmpty() {
      return places.isEmpty();
    }

    /// Whose turn it is and was told so.
    @Nullable RunId served() {
      return places.contains(served) ? served : null;
    }

    /// Whose turn it has become since this was asked last.
    @Nullable RunId next() {
      if (places.isEmpty() || places.getFirst().equals(served)) {
        return null;
      }
      served = places.getFirst();
      return served;
    }
  }
}
