package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// What a server transaction is told.
public sealed interface ServerIn {
  /// A request with this transaction's key: a copy of the first, or the ACK of an INVITE.
  record Received(SipRequest request) implements ServerIn {}

  /// The user answers, or sends its 2xx once more (RFC 3261 13.3.1.4).
  record Respond(SipResponse response) implements ServerIn {}

  /// `wakeAtNanos` has come.
  record Wake() implements ServerIn {}

  /// What was sent last could not be sent.
  record TransportFailed() implements ServerIn {}
}
