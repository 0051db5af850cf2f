package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// What a server transaction wants done.
public sealed interface ServerOut {
  /// Send this to where the request came from (RFC 3261 18.2.2, RFC 3581).
  record Send(SipResponse response) implements ServerOut {}

  /// Tell the user: the ACK of a 2xx that has the INVITE's own branch (RFC 6026 7.1).
  record Deliver(SipRequest ack) implements ServerOut {}

  /// Tell the user: its final response was never acknowledged, or could not be sent.
  record Failed(Failure failure) implements ServerOut {}
}
