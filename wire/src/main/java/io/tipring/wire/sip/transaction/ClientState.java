package io.tipring.wire.sip.transaction;

/// Where a client transaction stands.
public sealed interface ClientState
    permits InviteClientTransaction.State, NonInviteClientTransaction.State {
  /// When to tell the machine [ClientIn.Wake]; `Long.MAX_VALUE` for never.
  default long wakeAtNanos() {
    return Long.MAX_VALUE;
  }

  /// Nothing is left to do: its owner forgets it.
  boolean terminated();
}
