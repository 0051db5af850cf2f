package io.tipring.edge.sip.transport;

import io.tipring.wire.sip.SipMessage;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Port: sends SIP messages. Called on the lane and by the doors, from any thread; it never blocks.
/// What cannot be sent comes back later through [Arrivals#lost].
public interface Flows {
  /// Sends a message. Datagrams that the kernel has no room for are dropped and counted: SIP
  /// retransmits them.
  ///
  /// A response whose connection is gone is sent through a new one to where its Via points (RFC
  /// 3261 18.2.2).
  void send(FlowId flow, SipMessage message);

  /// The flow for a new request to that peer: an open connection that we made to it, else one that
  /// is being made (what is sent meanwhile waits, bounded).
  ///
  /// @return empty when nothing is bound for that transport and address family
  Optional<FlowId> flowTo(Transport transport, InetSocketAddress remote);
}
