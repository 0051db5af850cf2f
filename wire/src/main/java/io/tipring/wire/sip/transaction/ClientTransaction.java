package io.tipring.wire.sip.transaction;

import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;

/// The two client machines: INVITE and everything else. Pure; owned by the lane of the transaction
/// table.
public sealed interface ClientTransaction<S extends ClientState>
    permits InviteClientTransaction, NonInviteClientTransaction {

  /// Sends a request, its Via and branch already on it.
  ///
  /// @param reliable it goes by TCP, TLS or WebSocket: nothing needs to be repeated
  Step<S, ClientOut> begin(SipRequest request, boolean reliable, long nowNanos);

  Step<S, ClientOut> on(S state, ClientIn in, long nowNanos);
}
