package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.SipResponse;

/// What a client transaction is told.
public sealed interface ClientIn {
  /// A response with this transaction's key.
  record Received(SipResponse response) implements ClientIn {}

  /// A CANCEL has been sent for this INVITE: without a final response in 64*T1 it times out (RFC
  /// 3261 9.1).
  record Cancelled() implements ClientIn {}

  /// `wakeAtNanos` has come.
  record Wake() implements ClientIn {}

  /// What was sent last could not be sent.
  record TransportFailed() implements ClientIn {}
}
