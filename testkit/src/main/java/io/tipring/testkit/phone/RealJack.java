package io.tipring.testkit.phone;

import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.net.ThreadLane;
import io.tipring.edge.rtp.DatagramNetwork;
import io.tipring.edge.rtp.UdpNetwork;
import io.tipring.edge.rtp.WallClock;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.SipSockets;
import io.tipring.edge.sip.transport.TcpLimits;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.testkit.net.OpenDoor;
import io.tipring.wire.sip.SipParser;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;

/// This machine's own network, from the address that leads to one peer.
public final class RealJack implements Jack, AutoCloseable {
  private static final int ANY_PORT = 0;
  private static final int DISCARD_PORT = 9;

  private final InetAddress address;
  private final Transport transport;
  private final SipSockets sockets;
  private final ThreadLane lane;
  private final SecureRandom random = new SecureRandom();

  private RealJack(InetAddress address, Transport transport, SipSockets sockets, ThreadLane lane) {
    this.address = address;
    this.transport = transport;
    this.sockets = sockets;
    this.lane = lane;
  }

  /// Opens sockets on a free port.
  ///
  /// @param peer whom the phone is going to call
  /// @param lane is closed with the jack
  public static RealJack towards(InetAddress peer, Transport transport, ThreadLane lane)
      throws IOException {
    InetAddress own = route(peer);
    List<InetSocketAddress> here = List.of(new InetSocketAddress(own, ANY_PORT));
    List<InetSocketAddress> none = List.of();
    boolean udp = transport == Transport.UDP;
    SipSockets sockets =
        SipSockets.bind(udp ? here : none, udp ? none : here, new SipParser(), TcpLimits.STANDARD);
    return new RealJack(own, transport, sockets, lane);
  }

  /// The address that the system's routes pick towards `peer`; connecting a datagram socket sends
  /// nothing.
  private static InetAddress route(InetAddress peer) throws IOException {
    try (DatagramSocket probe = new DatagramSocket()) {
      probe.connect(new InetSocketAddress(peer, DISCARD_PORT));
      return probe.getLocalAddress();
    }
  }

  @Override
  public Lane lane() {
    return lane;
  }

  @Override
  public Flows plugIn(Arrivals arrivals) {
    sockets.start(new OpenDoor(arrivals));
    return sockets;
  }

  @Override
  public InetAddress address() {
    return address;
  }

  @Override
  public int sipPort() {
    return switch (transport) {
      case UDP -> sockets.udpAddresses().getFirst().getPort();
      case TCP -> sockets.tcpAddresses().getFirst().getPort();
    };
  }

  @Override
  public DatagramNetwork rtp() {
    return address instanceof Inet6Address
        ? new UdpNetwork(InetAddress.ofLiteral("0.0.0.0"), address)
        : new UdpNetwork(address, InetAddress.ofLiteral("::"));
  }

  @Override
  public Randomness randomness() {
    return random::nextBytes;
  }

  @Override
  public WallClock wallClock() {
    return _ -> System.currentTimeMillis();
  }

  @Override
  public void close() {
    sockets.close();
    lane.close();
  }
}
