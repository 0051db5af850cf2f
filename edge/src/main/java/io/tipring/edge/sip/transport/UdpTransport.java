package io.tipring.edge.sip.transport;

import io.tipring.edge.net.CannotListen;
import io.tipring.edge.net.Counters;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipWriter;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// SIP over datagrams at one bound address: one socket, one platform thread that reads, parses and
/// hands up. Anybody may send; the socket never blocks.
///
/// An IPv6 wildcard bind takes IPv4 too (the JDK has no option against it), so it excludes one at
/// 0.0.0.0 with the same port; bind concrete addresses to have both apart.
final class UdpTransport implements AutoCloseable {
  /// Bursts wait in the kernel (ADR 0009).
  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

  private static final int MAX_DATAGRAM = 65_536;
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);

  private final DatagramChannel channel;
  private final Selector selector;
  private final InetSocketAddress local;
  private final Counters<SocketMeter> meters;
  private final SipParser parser;
  private @Nullable Thread reader;

  private UdpTransport(DatagramChannel channel, SipParser parser, Counters<SocketMeter> meters)
      throws IOException {
    this.channel = channel;
    this.parser = parser;
    this.meters = meters;
    local = (InetSocketAddress) channel.getLocalAddress();
    channel.configureBlocking(false);
    selector = Selector.open();
    channel.register(selector, SelectionKey.OP_READ);
  }

  /// Binds. Nothing is read before [#start(Inlet)].
  ///
  /// @throws IOException naming the address that could not be had
  static UdpTransport bind(
      InetSocketAddress address, SipParser parser, Counters<SocketMeter> meters)
      throws IOException {
    boolean v6 = address.getAddress() instanceof Inet6Address;
    DatagramChannel channel =
        DatagramChannel.open(v6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.bind(address);
      return new UdpTransport(channel, parser, meters);
    } catch (IOException e) {
      channel.close();
      throw new CannotListen("UDP", address, e);
    }
  }

  InetSocketAddress local() {
    return local;
  }

  void start(Inlet inlet) {
    reader =
        Thread.ofPlatform()
            .name("sip-udp-" + local.getPort())
            .daemon(true)
            .start(() -> read(inlet));
  }

  /// @param request whether it is one, for the meter of those that should not travel as datagrams
  /// @return why it did not go, if so
  @Nullable FlowLoss send(InetSocketAddress remote, byte[] bytes, boolean request) {
    // RFC 3261 18.1.1
    if (request && bytes.length > 1_300) {
      meters.count(SocketMeter.REQUESTS_OVER_MTU);
    }
    try {
      boolean taken = channel.send(ByteBuffer.wrap(bytes), remote) > 0;
      meters.count(taken ? SocketMeter.DATAGRAMS_OUT : SocketMeter.DATAGRAMS_OUT_DROPPED);
      return null;
    } catch (ClosedChannelException _) {
      return FlowLoss.SHUTDOWN;
    } catch (IOException _) {
      meters.count(SocketMeter.DATAGRAMS_OUT_FAILED);
      return bytes.length > MAX_DATAGRAM - 48 - 8 ? FlowLoss.TOO_LARGE : FlowLoss.UNREACHABLE;
    }
  }

  private void read(Inlet inlet) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    while (channel.isOpen()) {
      try {
        selector.select();
        selector.selectedKeys().clear();
        while (receive(buffer, inlet)) {
          buffer.clear();
        }
      } catch (IOException | RuntimeException | Error _) {
        // Whatever one datagram does, the next one is read. A closed channel ends the loop.
        meters.count(SocketMeter.FAILURES);
      }
      buffer.clear();
    }
  }

  private boolean receive(ByteBuffer buffer, Inlet inlet) throws IOException {
    if (!(channel.receive(buffer) instanceof InetSocketAddress source)) {
      return false;
    }
    meters.count(SocketMeter.DATAGRAMS_IN);
    InetAddress address = source.getAddress();
    if (source.getPort() == 0 || !inlet.admits(address)) {
      meters.count(SocketMeter.DATAGRAMS_SHED);
      return true;
    }
    // An exact copy: what waits for the lane must not pin 64 KB each.
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    FlowId flow = FlowId.datagrams(local, source);
    Parsed parsed = parser.parseDatagram(bytes, 0, bytes.length);
    Optional<SipResponse> answer = inlet.parsed(flow, parsed);
    if (answer.isPresent()) {
      SipResponse response = answer.get();
      FlowId back = ResponseRoute.of(flow, response.headers().topVia());
      var _ = send(back.remote(), SipWriter.write(response), false);
    }
    return true;
  }

  /// Closes the socket and waits for its thread, two seconds at most.
  @Override
  public void close() {
    try {
      channel.close();
      selector.close();
      Thread thread = reader;
      if (thread != null) {
        thread.join(CLOSE_DEADLINE);
      }
    } catch (IOException _) {
      meters.count(SocketMeter.FAILURES);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
