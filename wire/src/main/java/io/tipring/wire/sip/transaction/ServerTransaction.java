package io.tipring.wire.sip.transaction;

import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;

/// The two server machines: INVITE and everything else. Pure; owned by the lane of the transaction
/// table.
public sealed interface ServerTransaction<S extends ServerState>
    permits InviteServerTransaction, NonInviteServerTransaction {

  /// A request without a transaction has come; the user has it.
  ///
  /// @param reliable it came by TCP, TLS or WebSocket: nothing needs to be repeated
  S begin(SipRequest request, boolean reliable, long nowNanos);

  Step<S, ServerOut> on(S state, ServerIn in, long nowNanos);
}
