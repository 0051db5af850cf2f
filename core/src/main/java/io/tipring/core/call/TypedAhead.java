package io.tipring.core.call;

import java.time.Duration;
import java.util.ArrayDeque;

/// Keys that were pressed while nobody gathered, for the next gather. Of more than it holds, the
/// latest are lost, since an entry is read from its beginning. All are forgotten some time after
/// the last one: who has waited so long means something else by now. Owner: the exchange lane.
final class TypedAhead {
  private static final int MOST = 32;
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final ArrayDeque<Character> keys = new ArrayDeque<>();
  private boolean sensitive;
  private long lastNanos;

  /// @param afterSensitive it may belong to an entry that is secret
  void keep(char key, boolean afterSensitive, long nowNanos) {
    forgetOld(nowNanos);
    lastNanos = nowNanos;
    if (keys.size() < MOST) {
      keys.add(key);
      sensitive |= afterSensitive;
    }
  }

  void forgetOld(long nowNanos) {
    if (nowNanos - lastNanos >= KEPT.toNanos()) {
      clear();
    }
  }

  void clear() {
    keys.clear();
    sensitive = false;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /// One of them may be secret.
  boolean sensitive() {
    return sensitive && !keys.isEmpty();
  }

  /// The oldest; there must be one.
  char next() {
    return keys.element();
  }

  /// The same, and it is gone.
  char take() {
    return keys.remove();
  }
}
