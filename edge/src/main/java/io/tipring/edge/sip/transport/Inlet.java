package io.tipring.edge.sip.transport;

import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipResponse;
import java.net.InetAddress;
import java.util.Optional;

/// Port: the door behind each socket. Called on transport threads, by several at once; it must be
/// quick.
public interface Inlet {
  /// Whether anything from that source is looked at. Asked before parsing, and for each new
  /// connection.
  boolean admits(InetAddress source);

  /// Whether connections should not be read for the moment: the exchange is behind.
  boolean overloaded();

  /// What a datagram or the next piece of a stream turned out to be.
  ///
  /// @return an answer to be sent on the spot, without a transaction
  Optional<SipResponse> parsed(FlowId flow, Parsed parsed);

  /// See [Arrivals#lost].
  void lost(FlowId flow, FlowLoss why);
}
