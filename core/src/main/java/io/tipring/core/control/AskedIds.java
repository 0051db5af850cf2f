package io.tipring.core.control;

import io.tipring.api.OperationId;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The ids an application gave its operations, so that one which sends them again after its
/// connection was lost does nothing twice. The newest are remembered, far more than can be under
/// way.
final class AskedIds {
  static final int REMEMBERED = 4_096;

  private final SequencedSet<OperationId> ids = new LinkedHashSet<>();

  /// False when it was there before.
  boolean add(OperationId id) {
    boolean fresh = ids.add(id);
    if (ids.size() > REMEMBERED) {
      ids.removeFirst();
    }
    return fresh;
  }

  void clear() {
    ids.clear();
  }
}
