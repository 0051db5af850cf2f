package io.tipring.testkit.net;

import io.tipring.edge.rtp.DatagramIo;
import io.tipring.edge.rtp.DatagramNetwork;
import io.tipring.media.spec.MediaPlane.Family;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// One host's network card: binds its UDP ports for RTP.
public final class VirtualHost implements DatagramNetwork {
  private final Network network;
  private final InetAddress address;

  public VirtualHost(Network network, InetAddress address) {
    this.network = network;
    this.address = address;
  }

  public InetAddress address() {
    return address;
  }

  public Network network() {
    return network;
  }

  /// @return what this host has an address of
  public Family family() {
    return address instanceof Inet6Address ? Family.IPV6 : Family.IPV4;
  }

  /// The host has one address: of the other family it has no port.
  @Override
  public DatagramIo bind(Family family, int port) throws IOException {
    if (family != family()) {
      throw new IOException("no " + family + " at " + address);
    }
    InetSocketAddress local = new InetSocketAddress(address, port);
    if (network.isBound(local)) {
      throw new IOException("in use: " + local);
    }
    return new VirtualPort(network.bind(local));
  }
}
