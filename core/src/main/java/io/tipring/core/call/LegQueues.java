package io.tipring.core.call;

import io.tipring.api.OperationId;
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

  /// First come, first served.
  static final class Line {
    private final List<OperationId> places = new ArrayList<>();
    private @Nullable OperationId served;

    void add(OperationId id) {
      places.add(id);
    }

    void leave(OperationId id) {
      places.remove(id);
    }

    List<OperationId> places() {
      return List.copyOf(places);
    }

    boolean isEmpty() {
      return places.isEmpty();
    }

    /// Whose turn it is and was told so.
    @Nullable OperationId served() {
      return places.contains(served) ? served : null;
    }

    /// Whose turn it has become since this was asked last.
    @Nullable OperationId next() {
      if (places.isEmpty() || places.getFirst().equals(served)) {
        return null;
      }
      served = places.getFirst();
      return served;
    }
  }
}
