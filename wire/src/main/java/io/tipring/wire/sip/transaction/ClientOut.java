package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// What a client transaction wants done.
public sealed interface ClientOut {
  /// Send this to where the first copy went; it is the request, or the ACK of a failed INVITE.
  record Send(SipRequest request) implements ClientOut {}

  /// Tell the user. Copies have been taken out, but for the 2xx of an INVITE (RFC 3261 13.2.2.4).
  record Deliver(SipResponse response) implements ClientOut {}

  /// Tell the user that no final response will come.
  record Failed(Failure failure) implements ClientOut {}
}
