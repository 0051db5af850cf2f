package io.tipring.core.control;

/// What becomes of a call whose application is gone.
public enum LossPolicy {
  /// The call goes on while the application is looked for, for a long while.
  KEEP,
  /// Another application takes over after a short while.
  FALLBACK,
  /// The call is ended after a short while.
  HANG_UP
}
