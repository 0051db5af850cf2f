package io.tipring.edge.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tipring.edge.net.CannotListen;
import io.tipring.edge.net.Counters;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.StreamFramer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// SIP over TCP (RFC 3261 18, RFC 5626 4.4.1): listeners, connections both ways, all on one event
/// loop. Others only find connections in its tables and hand bytes over.
final class TcpTransport implements AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final int TICKS_PER_CHECK = 10;

  private final SipParser parser;
  private final TcpLimits limits;
  private final Counters<SocketMeter> meters;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("sip-tcp", true), NioIoHandler.newFactory());
  private final List<Channel> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong heldBytes = new AtomicLong();
  private final ConcurrentHashMap<Long, TcpConnection> connections = new ConcurrentHashMap<>();

  /// Connections that we made, by peer: later requests to it share them.
  private final ConcurrentHashMap<InetSocketAddress, TcpConnection> made =
      new ConcurrentHashMap<>();

  // Touched on the loop only.
  private final Map<InetAddress, Integer> acceptedBySource = new HashMap<>();
  private final Map<Long, TcpConnection> paused = new HashMap<>();
  private int ticks;
  private volatile @Nullable Inlet inlet;

  TcpTransport(SipParser parser, TcpLimits limits, Counters<SocketMeter> meters) {
    this.parser = parser;
    this.limits = limits;
    this.meters = meters;
  }

  /// Listens. Nothing is accepted before [#start(Inlet)].
  ///
  /// @throws IOException naming the address that could not be had
  void bind(InetSocketAddress address) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new CannotListen("TCP", address, bound.cause());
    }
    listeners.add(bound.channel());
  }

  void start(Inlet door) {
    inlet = door;
    listeners.forEach(listener -> listener.config().setAutoRead(true));
    var _ = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  List<InetSocketAddress> locals() {
    return listeners.stream().map(listener -> (InetSocketAddress) listener.localAddress()).toList();
  }

  int open() {
    return connections.size();
  }

  TcpLimits limits() {
    return limits;
  }

  Inlet door() {
    Inlet door = inlet;
    if (door == null) {
      throw new IllegalStateException("not started");
    }
    return door;
  }

  long nowNanos() {
    return System.nanoTime();
  }

  void count(SocketMeter meter) {
    meters.count(meter);
  }

  /// Counts bytes that a connection keeps, or, when negative, no longer keeps. Any thread.
  ///
  /// @return whether all connections together keep more than they may
  boolean hold(int bytes) {
    return heldBytes.addAndGet(bytes) > limits.heldBytes();
  }

  /// Bytes that all connections keep.
  long heldBytes() {
    return heldBytes.get();
  }

  /// Any thread; work that comes after the end is dropped.
  void onLoop(Runnable work) {
    try {
      loop.execute(work);
    } catch (RejectedExecutionException _) {
      // Going down: every flow is lost by then.
    }
  }

  private void accept(Channel channel) {
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
        || !(channel.localAddress() instanceof InetSocketAddress local)) {
      var _ = channel.close(); // gone again
      return;
    }
    InetAddress source = remote.getAddress();
    boolean welcome =
        door().admits(source)
            && connections.size() < limits.connections()
            && acceptedBySource.getOrDefault(source, 0) < limits.perSource();
    if (!welcome) {
      count(SocketMeter.CONNECTIONS_REFUSED);
      var _ = channel.close();
      return;
    }
    FlowId flow = new FlowId(Transport.TCP, local, remote, numbers.incrementAndGet());
    TcpConnection connection = new TcpConnection(this, flow, new StreamFramer(parser), true);
    acceptedBySource.merge(source, 1, Integer::sum);
    connections.put(flow.connection(), connection);
    count(SocketMeter.CONNECTIONS_ACCEPTED);
    channel.pipeline().addLast(connection);
  }

  /// See [Flows#flowTo]. Any thread.
  FlowId flowTo(InetSocketAddress local, InetSocketAddress remote) {
    TcpConnection connection =
        made.computeIfAbsent(
            remote,
            _ -> {
              FlowId flow = new FlowId(Transport.TCP, local, remote, numbers.incrementAndGet());
              TcpConnection wanted = new TcpConnection(this, flow, new StreamFramer(parser), false);
              connections.put(flow.connection(), wanted);
              return wanted;
            });
    if (connection.askToConnect()) {
      onLoop(() -> connect(connection));
    }
    return connection.flow();
  }

  private void connect(TcpConnection connection) {
    if (connections.size() > limits.connections()) {
      count(SocketMeter.CONNECTIONS_REFUSED);
      connection.close(FlowLoss.REFUSED);
      return;
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limits.connect().toMillis())
            .handler(connection);
    InetSocketAddress from = connection.flow().local();
    // The listener's address, so that the peer sees the same host as in our Via; any port.
    ChannelFuture connecting =
        from.getAddress().isAnyLocalAddress()
            ? bootstrap.connect(connection.flow().remote())
            : bootstrap.connect(
                connection.flow().remote(), new InetSocketAddress(from.getAddress(), 0));
    connecting.addListener(done -> {
      if (done.isSuccess()) {
        count(SocketMeter.CONNECTIONS_MADE);
      } else {
        connection.close(FlowLoss.UNREACHABLE);
      }
    });
  }

  /// See [Flows#send]. Any thread.
  ///
  /// @return why it did not go, if that is known already
  @Nullable FlowLoss send(FlowId flow, byte[] bytes, SipMessage message) {
    TcpConnection connection = connections.get(flow.connection());
    if (connection == null && message instanceof SipResponse response) {
      // RFC 3261 18.2.2: the connection is gone, so open one to where the Via says.
      InetSocketAddress back = ResponseRoute.fallback(response.headers().topVia()).orElse(null);
      connection = back == null ? null : connections.get(flowTo(flow.local(), back).connection());
    }
    if (connection == null) {
      return FlowLoss.UNKNOWN;
    }
    connection.send(bytes);
    return null;
  }

  void paused(TcpConnection connection) {
    count(SocketMeter.READS_PAUSED);
    paused.put(connection.flow().connection(), connection);
  }

  void ended(TcpConnection connection, FlowLoss why) {
    FlowId flow = connection.flow();
    made.remove(flow.remote(), connection);
    if (connection.accepted()) {
      acceptedBySource.computeIfPresent(flow.remote().getAddress(), (_, n) -> n > 1 ? n - 1 : null);
    }
    connections.remove(flow.connection());
    paused.remove(flow.connection());
    switch (why) {
      case SLOW -> count(SocketMeter.CONNECTIONS_LOST_SLOW);
      case CROWDED -> count(SocketMeter.CONNECTIONS_LOST_CROWDED);
      case IDLE, STALLED -> count(SocketMeter.CONNECTIONS_LOST_IDLE);
      case GARBAGE -> count(SocketMeter.CONNECTIONS_LOST_GARBAGE);
      case UNREACHABLE -> count(SocketMeter.CONNECTIONS_LOST_UNREACHABLE);
      case CLOSED_BY_PEER, UNKNOWN, TOO_LARGE, REFUSED, SHUTDOWN -> {}
    }
    Inlet door = inlet;
    if (door != null) {
      door.lost(flow, why);
    }
  }

  private void tick() {
    if (!paused.isEmpty() && !door().overloaded()) {
      paused.values().forEach(TcpConnection::resume);
      paused.clear();
    }
    if (++ticks % TICKS_PER_CHECK == 0) {
      long now = nowNanos();
      connections.values().forEach(connection -> connection.check(now));
    }
  }

  /// Closes all; waits for the loop, two seconds at most.
  @Override
  public void close() {
    onLoop(() -> {
      for (Channel listener : listeners) {
        var _ = listener.close();
      }
      connections.values().forEach(connection -> connection.close(FlowLoss.SHUTDOWN));
    });
    var _ =
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
