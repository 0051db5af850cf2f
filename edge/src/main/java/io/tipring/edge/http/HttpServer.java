package io.tipring.edge.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tipring.edge.net.CannotListen;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The HTTP server: a few event loops of its own (docs/threads.md), bounded in connections, sizes
/// and waits. Of each connection one request is served at a time, and the next one read only when
/// the reply to that has gone: whoever asks and does not listen must not fill the heap.
public final class HttpServer implements AutoCloseable {
  /// Of one read: so many requests of a client that does not wait for its replies are kept.
  private static final int READ_BYTES = 2_048;

  private final EventLoopGroup loops;
  private final List<Channel> doors = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private HttpServer(EventLoopGroup loops) {
    this.loops = loops;
  }

  /// Listens on all of `binds`, or on none.
  ///
  /// @throws IOException naming the address that could not be had
  public static HttpServer start(List<InetSocketAddress> binds, Router router, HttpLimits limits)
      throws IOException {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            limits.threads(), new DefaultThreadFactory("http"), NioIoHandler.newFactory());
    HttpServer server = new HttpServer(loops);
    for (InetSocketAddress bind : binds) {
      try {
        server.listen(bind, router, limits);
      } catch (IOException e) {
        server.close();
        throw e;
      }
    }
    return server;
  }

  private void listen(InetSocketAddress bind, Router router, HttpLimits limits) throws IOException {
    // Without a family the JDK would make an IPv6 socket even for 0.0.0.0.
    var family =
        bind.getAddress() instanceof Inet4Address
            ? SocketProtocolFamily.INET
            : SocketProtocolFamily.INET6;
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(() -> new NioServerSocketChannel(SelectorProvider.provider(), family))
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    admit(channel, router, limits);
                  }
                })
            .bind(bind)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new CannotListen("TCP", bind, bound.cause());
    }
    doors.add(bound.channel());
  }

  private void admit(Channel channel, Router router, HttpLimits limits) {
    boolean welcome =
        channel.remoteAddress() instanceof InetSocketAddress source
            && limits.welcome().test(source.getAddress());
    if (!welcome || connections.get() >= limits.connections()) {
      var _ = channel.close();
      return;
    }
    connections.incrementAndGet();
    channel.closeFuture().addListener(_ -> connections.decrementAndGet());
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(limits.lineBytes())
                    .setMaxHeaderSize(limits.headerBytes())))
        .addLast(new HttpObjectAggregator(limits.bodyBytes(), true))
        .addLast(new Exchanges(router, limits));
  }

  /// Where it listens, with the ports that the system chose.
  public List<InetSocketAddress> addresses() {
    return doors.stream().map(door -> (InetSocketAddress) door.localAddress()).toList();
  }

  /// Connections that are open.
  public int connections() {
    return connections.get();
  }

  /// Ends every connection. Waits for the event loops at most two seconds.
  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
