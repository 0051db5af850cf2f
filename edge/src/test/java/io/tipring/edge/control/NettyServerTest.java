package io.tipring.edge.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.tipring.api.Operation;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.LinkEvent;
import io.tipring.edge.net.Counters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that others wrote, which judges what it gets strictly, offers compression and keeps to
/// the closing handshake.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class NettyServerTest {
  private final ObservedLane lane = new ObservedLane();
  private final Counters<LinkMeter> meters = new Counters<>(LinkMeter.class);
  private final WebSocketLinks links =
      new WebSocketLinks(
          new WebSocketLinks.Ground(lane, () -> 0, new SecureRandom()::nextBytes),
          Map.of(),
          LinkSettings.STANDARD,
          meters);
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private int port;

  @BeforeEach
  void start() {
    Channel door =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(65_536),
                            new WebSocketServerCompressionHandler(65_536),
                            new WebSocketServerProtocolHandler(
                                "/ivr", "other, " + Upgrade.SUBPROTOCOL, true),
                            new Answering());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    port = ((InetSocketAddress) door.localAddress()).getPort();
  }

  /// Answers each message with an operation of the same number.
  private static final class Answering extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private int heard;

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
      heard++;
      assertThat(message.text()).contains("\"m" + heard + "\"");
      var _ =
          context.writeAndFlush(
              new TextWebSocketFrame("{\"id\":\"a" + heard + "\",\"type\":\"answer\"}"));
    }
  }

  @AfterEach
  void stop() {
    links.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    lane.close();
  }

  @Test
  void fiftyCallsTalkAtOnceAndPartInPeace() throws Exception {
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      callers.add(Caller.opens(links, lane, URI.create("ws://localhost:" + port + "/ivr")));
    }
    for (Caller caller : callers) {
      assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());
    }
    for (int round = 1; round <= 20; round++) {
      for (Caller caller : callers) {
        caller.says(Caller.event(round));
      }
      for (Caller caller : callers) {
        assertThat(caller.hears())
            .isInstanceOfSatisfying(
                LinkEvent.Received.class,
                received -> {
                  FromApplication.Ask ask = (FromApplication.Ask) received.message();
                  assertThat(ask.operation()).isInstanceOf(Operation.Answer.class);
                });
      }
    }
    callers.forEach(caller -> caller.closes(CloseReason.CALL_ENDED));
    while (meters.get(LinkMeter.CLOSED) < callers.size()) {
      Thread.yield(); // the deadline of a close is two seconds
    }
    assertThat(meters.get(LinkMeter.MESSAGES_OUT)).isEqualTo(1_000);
    assertThat(meters.get(LinkMeter.BROKEN)).isZero();
    assertThat(callers).allMatch(Caller::hasHeardAll);
  }
}
