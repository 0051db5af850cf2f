package io.tipring.bench;

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
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/// Remote applications, told apart by path, with as little work as can be: their messages are
/// ready-made, and what they are told is searched, not parsed. One thread.
final class RemoteApplications implements AutoCloseable {
  static final String PROMPT = "Welcome. For the time, press 1. To hear yourself, press 2.";

  /// Operations that are kept in progress by `/busy`: half of what a call may have.
  private static final int WINDOW = 16;

  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel door;
  private final LongAdder ended = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder sessions = new LongAdder();

  RemoteApplications() throws InterruptedException {
    door =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(65_536),
                            new WebSocketServerProtocolHandler(
                                WebSocketServerProtocolConfig.newBuilder()
                                    .websocketPath("/")
                                    .checkStartsWith(true)
                                    .subprotocols("v1.control.tipring")
                                    .build()),
                            new Session());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
  }

  /// Setting that lets `name` be answered by the application of that name here.
  String setting(String name) {
    int port = ((InetSocketAddress) door.localAddress()).getPort();
    return "apps.remote-" + name + "=ws://127.0.0.1:" + port + "/" + name;
  }

  /// Operations that ended as they should.
  long ended() {
    return ended.sum();
  }

  /// Operations that did not, and keys that were not those pressed.
  long wrong() {
    return wrong.sum();
  }

  /// Sessions there were.
  long sessions() {
    return sessions.sum();
  }

  @Override
  public void close() {
    var _ = door.close();
    var _ = thread.shutdownGracefully();
  }

  private final class Session extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private String path = "";
    private long number;

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof HandshakeComplete handshake) {
        path = handshake.requestUri();
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      String text = frame.text();
      if (text.contains("\"type\":\"session.started\"")) {
        sessions.increment();
        begin(context);
      } else if (text.contains("\"type\":\"operation.succeeded\"")) {
        ended.increment();
        succeeded(context, text);
      } else if (text.contains("\"type\":\"operation.failed\"")
          && !text.contains("\"leg_ended\"")) {
        wrong.increment();
      }
    }

    private void begin(ChannelHandlerContext context) {
      switch (path) {
        case "/tone" -> {
          say(context, "answer", "{}");
          say(context, "play", "{\"urls\":[\"tone:1000\"]}");
        }
        case "/say" -> {
          say(context, "answer", "{}");
          say(context, "say", "{\"text\":\"" + PROMPT + "\"}");
        }
        case "/menu" -> {
          say(context, "answer", "{}");
          say(
              context,
              "gather",
              "{\"digits\":{\"min\":1,\"max\":1},\"barge_in\":true,\"prompt\":[{\"type\":\"speech\",\"text\":\""
                  + PROMPT
                  + "\"}]}");
        }
        case "/busy" -> {
          say(context, "ring", "{}");
          for (int i = 0; i < WINDOW; i++) {
            say(context, "say", "{\"text\":\"\"}");
          }
        }
        default -> say(context, "ring", "{}");
      }
    }

    private void succeeded(ChannelHandlerContext context, String text) {
      switch (path) {
        case "/menu" -> {
          if (text.contains("\"gathered\"")) {
            if (!text.contains("\"digits\":\"1\"")) {
              wrong.increment();
            }
            say(context, "say", "{\"text\":\"Thank you.\"}");
          }
        }
        case "/busy" -> {
          if (text.contains("\"played\"")) {
            say(context, "say", "{\"text\":\"\"}");
          }
        }
        default -> {}
      }
    }

    private void say(ChannelHandlerContext context, String type, String data) {
      number++;
      var _ =
          context.write(
              new TextWebSocketFrame(
                  "{\"id\":\"a" + number + "\",\"type\":\"" + type + "\",\"data\":" + data + "}"));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
      wrong.increment();
      var _ = context.close();
    }
  }
}
