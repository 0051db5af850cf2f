package io.tipring.core.call;

import io.tipring.api.OperationId;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The last ids that a call's operations had, so that one that is asked for twice is done once.
/// Owner: the exchange lane.
final class UsedIds {
  private static final int MOST = 1_024;

  private final SequencedSet<OperationId> ids = new LinkedHashSet<>();

  /// Whether it was new.
  boolean add(OperationId id) {
    if (!ids.add(id)) {
      return false;
    }
    if (ids.size() > MOST) {
      ids.removeFirst();
    }
    return true;
  }
}
