package io.tipring.edge.sip.transport;

import java.net.InetSocketAddress;

/// A way between us and a peer, as a name: what a request came by is where its answer goes, and
/// where a registered phone is reached later (RFC 5626 3.1). The flow itself may be gone; then
/// sending to it comes back as [FlowLoss].
///
/// @param local where we are bound; it may be the wildcard address
/// @param remote the peer, resolved
/// @param connection number of the connection, never used twice; 0 for datagrams
public record FlowId(
    Transport transport, InetSocketAddress local, InetSocketAddress remote, long connection) {
  public FlowId {
    if (remote.isUnresolved()) {
      throw new IllegalArgumentException(
          "a flow leads to an address, not to the name " + remote.getHostString());
    }
  }

  public static FlowId datagrams(InetSocketAddress local, InetSocketAddress remote) {
    return new FlowId(Transport.UDP, local, remote, 0);
  }

  public boolean isReliable() {
    return transport.isReliable();
  }

  /// The same socket, another port at the peer.
  FlowId withRemotePort(int port) {
    return new FlowId(
        transport, local, new InetSocketAddress(remote.getAddress(), port), connection);
  }

  @Override
  public String toString() {
    String ends = transport + " " + text(local) + "-" + text(remote);
    return connection == 0 ? ends : ends + "#" + connection;
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
