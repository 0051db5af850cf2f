package io.tipring.edge.sip.transport;

import io.tipring.wire.sip.SipMessage;

/// Port: what transports tell the exchange. Called on transport threads; whoever implements it
/// posts to the lane.
public interface Arrivals {
  /// A well-formed message; a request already carries `received` and `rport` (RFC 3261 18.2.1, RFC
  /// 3581).
  void arrived(FlowId flow, SipMessage message);

  /// Nothing more goes through that flow. For datagrams: one message did not.
  void lost(FlowId flow, FlowLoss why);
}
