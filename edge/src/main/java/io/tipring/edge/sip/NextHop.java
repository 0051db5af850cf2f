package io.tipring.edge.sip;

import io.tipring.edge.net.LocalAddresses;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.wire.sdp.IpAddress;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipUri;
import io.tipring.wire.sip.Uri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// Where a request inside a session goes: to the first route or the peer's Contact (RFC 3261
/// 12.2.1.1, 8.1.2), unless what stands there cannot be right.
final class NextHop {
  private static final int STANDARD_PORT = 5060;

  private NextHop() {}

  /// @param flow what the session's first message came by, or went by
  /// @param lost the flow is a connection that is gone
  static FlowId of(SipRequest request, FlowId flow, boolean lost, Flows flows) {
    if (flow.isReliable() && !lost) {
      return flow; // RFC 5923: the connection that the peer opened is the one that surely reaches
      // it.
    }
    return address(target(request), flow.transport())
        .filter(named -> reaches(named.getAddress(), flow.remote().getAddress()))
        .flatMap(named -> flows.flowTo(flow.transport(), named))
        .orElse(flow);
  }

  private static Uri target(SipRequest request) {
    List<NameAddr> routes = request.headers().routes();
    return routes.isEmpty() ? request.uri() : routes.getFirst().uri();
  }

  /// A private address that is named by a peer out there is the inside of its NAT.
  private static boolean reaches(InetAddress named, InetAddress source) {
    return LocalAddresses.isLocal(source) || !LocalAddresses.isLocal(named);
  }

  /// Only literals: a name would have to be looked up, and the flow is known to work.
  private static Optional<InetSocketAddress> address(Uri uri, Transport transport) {
    if (!(uri instanceof SipUri sip)
        || !sip.transport().orElse("udp").equalsIgnoreCase(transport.name())) {
      return Optional.empty();
    }
    HostPort at = sip.at();
    int port = at.port().orElse(STANDARD_PORT);
    return IpAddress.parse(at.address())
        .filter(ip -> !ip.isUnspecified() && !ip.isMulticast() && port > 0)
        .map(ip -> new InetSocketAddress(literal(ip), port));
  }

  private static InetAddress literal(IpAddress ip) {
    try {
      return InetAddress.getByName(ip.text());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(ip.text(), impossible);
    }
  }
}
