package io.tipring.wire.sip.transaction;

/// Where a server transaction stands.
public sealed interface ServerState
    permits InviteServerTransaction.State, NonInviteServerTransaction.State {
  /// When to tell the machine [ServerIn.Wake]; `Long.MAX_VALUE` for never.
  default long wakeAtNanos() {
    return Long.MAX_VALUE;
  }

  /// Nothing is left to do: its owner forgets it.
  boolean terminated();
}
