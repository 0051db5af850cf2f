package io.tipring.core.call;

import java.util.ArrayDeque;

/// Keys that were pressed while nobody gathered, for the next gather. Of more than it holds, the
/// latest are lost, since an entry is read from its beginning. Owner: the exchange lane.
final class TypedAhead {
  private static final int MOST = 32;

  private final ArrayDeque<Character> keys = new ArrayDeque<>();

  void keep(char key) {
    if (keys.size() < MOST) {
      keys.add(key);
    }
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /// The oldest; there must be one.
  char take() {
    return keys.remove();
  }
}
