package io.tipring.testkit.net;

import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.Inlet;
import io.tipring.edge.sip.transport.ResponseRoute;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipWriter;
import io.tipring.wire.sip.StreamFramer;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The SIP sockets of a host in the World: UDP and TCP at one port, every message written to bytes
/// and parsed again.
public final class VirtualSip implements Flows, AutoCloseable {
  private static final byte[] PONG = {'\r', '\n'};

  private final VirtualHost host;
  private final InetSocketAddress local;
  private final Inlet inlet;
  private final SipParser parser;
  private final DatagramSocket datagrams;
  private final Map<Long, Stream> streams = new LinkedHashMap<>();
  private long connections;

  public VirtualSip(VirtualHost host, int port, SipParser parser, Inlet inlet) {
    this.host = host;
    this.local = new InetSocketAddress(host.address(), port);
    this.parser = parser;
    this.inlet = inlet;
    datagrams = host.network().bind(local);
    datagrams.listen(this::onDatagram);
    host.network().listen(local, this::onConnection);
  }

  @Override
  public void send(FlowId flow, SipMessage message) {
    byte[] bytes = SipWriter.write(message);
    switch (flow.transport()) {
      case UDP -> datagrams.send(bytes, flow.remote());
      case TCP -> {
        Stream stream = streams.get(flow.connection());
        if (stream == null || stream.isClosed()) {
          inlet.lost(flow, FlowLoss.UNKNOWN);
        } else {
          stream.send(bytes);
        }
      }
    }
  }

  @Override
  public Optional<FlowId> flowTo(Transport transport, InetSocketAddress remote) {
    return Optional.of(
        switch (transport) {
          case UDP -> FlowId.datagrams(local, remote);
          case TCP -> open(remote).orElseGet(() -> connect(remote));
        });
  }

  @Override
  public void close() {
    datagrams.close();
    host.network().stopListening(local);
    streams.values().stream().toList().forEach(Stream::close);
  }

  private void onDatagram(Datagram datagram) {
    if (!inlet.admits(datagram.from().getAddress())) {
      return;
    }
    FlowId flow = FlowId.datagrams(local, datagram.from());
    Parsed parsed = parser.parseDatagram(datagram.payload(), 0, datagram.payload().length);
    inlet
        .parsed(flow, parsed)
        .ifPresent(answer -> send(ResponseRoute.of(flow, answer.headers().topVia()), answer));
  }

  private Optional<FlowId> open(InetSocketAddress remote) {
    return streams.entrySet().stream()
        .filter(entry -> !entry.getValue().isClosed() && entry.getValue().remote().equals(remote))
        .map(entry -> new FlowId(Transport.TCP, local, remote, entry.getKey()))
        .findFirst();
  }

  private FlowId connect(InetSocketAddress remote) {
    FlowId flow = new FlowId(Transport.TCP, local, remote, ++connections);
    streams.put(
        flow.connection(), host.network().connect(host.address(), remote, new Connection(flow)));
    return flow;
  }

  private Stream.Events onConnection(Stream stream) {
    if (!inlet.admits(stream.remote().getAddress())) {
      stream.close();
      return Stream.Events.DEAF;
    }
    FlowId flow = new FlowId(Transport.TCP, local, stream.remote(), ++connections);
    streams.put(flow.connection(), stream);
    return new Connection(flow);
  }

  private final class Connection implements Stream.Events {
    private final FlowId flow;
    private final StreamFramer framer = new StreamFramer(parser);

    Connection(FlowId flow) {
      this.flow = flow;
    }

    @Override
    public void received(byte[] chunk) {
      for (Parsed parsed : framer.feed(chunk, 0, chunk.length)) {
        Stream stream = streams.get(flow.connection());
        if (parsed instanceof Parsed.KeepAlive && stream != null) {
          stream.send(PONG);
        }
        inlet.parsed(flow, parsed).ifPresent(answer -> send(flow, answer));
      }
    }

    @Override
    public void closed() {
      streams.remove(flow.connection());
      inlet.lost(flow, FlowLoss.CLOSED_BY_PEER);
    }
  }
}
