package io.tipring.wire.sip.dialog;

/// Where a session gets what must be new or random. In production from a secure source, in a World
/// from its seed. Tags, branches and Call-IDs begin with the two characters of the lane (a branch
/// after its cookie).
public interface Identifiers {
  /// A tag for our end of a dialog: at least 32 random bits (RFC 3261 19.3).
  String tag();

  /// A branch with its cookie `z9hG4bK` (RFC 3261 8.1.1.7).
  String branch();

  String callId();

  /// Evenly from 0 until `bound`.
  long below(long bound);
}
