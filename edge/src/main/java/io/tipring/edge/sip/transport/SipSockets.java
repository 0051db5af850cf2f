package io.tipring.edge.sip.transport;

import io.tipring.edge.net.Counters;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipWriter;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// All SIP sockets of a node. Bound when made, silent until started.
public final class SipSockets implements Flows, AutoCloseable {
  private final Counters<SocketMeter> meters = new Counters<>(SocketMeter.class);
  private final List<UdpTransport> datagrams = new ArrayList<>();
  private final TcpTransport connections;
  private volatile @Nullable Inlet inlet;

  private SipSockets(SipParser parser, TcpLimits limits) {
    connections = new TcpTransport(parser, limits, meters);
  }

  /// Binds all addresses, or none.
  ///
  /// @throws IOException naming the address that could not be had
  public static SipSockets bind(
      List<InetSocketAddress> udp, List<InetSocketAddress> tcp, SipParser parser, TcpLimits limits)
      throws IOException {
    SipSockets sockets = new SipSockets(parser, limits);
    try {
      for (InetSocketAddress address : udp) {
        sockets.datagrams.add(UdpTransport.bind(address, parser, sockets.meters));
      }
      for (InetSocketAddress address : tcp) {
        sockets.connections.bind(address);
      }
      return sockets;
    } catch (IOException e) {
      sockets.close();
      throw e;
    }
  }

  /// Starts to read and to accept.
  public void start(Inlet door) {
    inlet = door;
    datagrams.forEach(udp -> udp.start(door));
    connections.start(door);
  }

  /// Where datagrams are taken, with the ports that the system chose.
  public List<InetSocketAddress> udpAddresses() {
    return datagrams.stream().map(UdpTransport::local).toList();
  }

  /// Where connections are taken, with the ports that the system chose.
  public List<InetSocketAddress> tcpAddresses() {
    return connections.locals();
  }

  public Counters<SocketMeter> meters() {
    return meters;
  }

  /// Open connections, both ways, those being made included.
  public int openConnections() {
    return connections.open();
  }

  /// What connections keep: messages that have begun to arrive, and what waits to be written.
  public long heldBytes() {
    return connections.heldBytes();
  }

  /// Datagrams that came faster than we read, over all UDP ports; empty where the system does not
  /// tell. Reads a file.
  public OptionalLong kernelDrops() {
    int[] ports = udpAddresses().stream().mapToInt(InetSocketAddress::getPort).distinct().toArray();
    OptionalLong sum = OptionalLong.empty();
    for (int port : ports) {
      OptionalLong drops = KernelDrops.of(port);
      if (drops.isPresent()) {
        sum = OptionalLong.of(sum.orElse(0) + drops.getAsLong());
      }
    }
    return sum;
  }

  @Override
  public void send(FlowId flow, SipMessage message) {
    byte[] bytes = SipWriter.write(message);
    meters.count(SocketMeter.MESSAGES_OUT);
    FlowLoss failed =
        switch (flow.transport()) {
          case UDP -> sendDatagram(flow, bytes, message instanceof SipRequest);
          case TCP -> connections.send(flow, bytes, message);
        };
    Inlet door = inlet;
    if (failed != null && door != null) {
      door.lost(flow, failed);
    }
  }

  private @Nullable FlowLoss sendDatagram(FlowId flow, byte[] bytes, boolean request) {
    for (UdpTransport udp : datagrams) {
      if (udp.local().equals(flow.local())) {
        return udp.send(flow.remote(), bytes, request);
      }
    }
    return FlowLoss.UNKNOWN;
  }

  @Override
  public Optional<FlowId> flowTo(Transport transport, InetSocketAddress remote) {
    return switch (transport) {
      case UDP ->
          nearest(udpAddresses(), remote.getAddress())
              .map(local -> FlowId.datagrams(local, remote));
      case TCP ->
          nearest(tcpAddresses(), remote.getAddress())
              .map(local -> connections.flowTo(local, remote));
    };
  }

  /// The bound address to reach a peer from: of its family, and loopback to loopback, since the
  /// kernel sends nothing from 127.0.0.1 to elsewhere. A socket that is bound to `::` speaks IPv4
  /// too.
  private static Optional<InetSocketAddress> nearest(
      List<InetSocketAddress> bound, InetAddress peer) {
    Optional<InetSocketAddress> wildcard = Optional.empty();
    for (InetSocketAddress local : bound) {
      InetAddress address = local.getAddress();
      boolean sameFamily = address instanceof Inet6Address == peer instanceof Inet6Address;
      if (address.isAnyLocalAddress()) {
        boolean reaches = sameFamily || address instanceof Inet6Address;
        wildcard = reaches && (sameFamily || wildcard.isEmpty()) ? Optional.of(local) : wildcard;
      } else if (sameFamily && address.isLoopbackAddress() == peer.isLoopbackAddress()) {
        return Optional.of(local);
      }
    }
    return wildcard;
  }

  /// Closes everything; waits two seconds at most for each thread.
  @Override
  public void close() {
    datagrams.forEach(UdpTransport::close);
    connections.close();
  }
}
