package io.tipring.core.call;

/// The key that finishes an entry which has become full without it: callers press it all the same,
/// and do not mean the next question. It is the very next key, and soon, or it is none.
record Straggler(char key, long untilNanos) {
  /// It went down in time, and may come up when it likes.
  static Straggler heldDown(char key) {
    return new Straggler(key, Long.MAX_VALUE);
  }
}
