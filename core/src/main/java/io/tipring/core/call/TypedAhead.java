package io.tipring.core.call;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

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

  /// The oldest, if any is left.
  @Nullable Character take() {
    return keys.poll();
  }
}
