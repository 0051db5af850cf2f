package io.tipring.edge.control;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.tipring.core.lane.Randomness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt at a connection: the name, TCP with one address after the other, TLS, the WebSocket;
/// all of it by one deadline. Owner: the event loop.
final class Attempt implements Upgrade.Outcome {
  private static final int SMALLEST_READ = 64;
  private static final int USUAL_READ = 2_048;
  private static final int LARGEST_READ = 16_384;

  private final Ground ground;
  private final Target target;
  private final Greeting greeting;
  private final Access access;
  private final EventLoop loop;
  private final Conversation conversation;
  private final Consumer<Result> result;
  private String doing = "looking up its host";
  private boolean over;
  private @Nullable Channel channel;
  private @Nullable Future<?> deadline;
  private long untilNanos;

  /// What comes of it, once.
  sealed interface Result {
    record Connected(Conversation conversation) implements Result {}

    record Failed(String why) implements Result {}
  }

  /// @param addresses to be tried one after the other
  private record Route(List<InetAddress> addresses, Optional<SslContext> tls) {}

  /// What all attempts share.
  record Ground(
      LinkSettings settings, Resolver resolver, Authorities authorities, Randomness randomness) {}

  Attempt(
      Ground ground,
      Target target,
      Access access,
      Greeting greeting,
      EventLoop loop,
      Conversation conversation,
      Consumer<Result> result) {
    this.ground = ground;
    this.target = target;
    this.access = access;
    this.greeting = greeting;
    this.loop = loop;
    this.conversation = conversation;
    this.result = result;
  }

  void begin(Duration patience) {
    untilNanos = loop.ticker().nanoTime() + patience.toNanos();
    deadline =
        loop.schedule(
            () -> refused("no WebSocket within " + patience.toMillis() + " ms: it was " + doing),
            patience.toNanos(),
            TimeUnit.NANOSECONDS);
    var _ =
        ground
            .resolver()
            .resolve(target.host())
            .thenCombine(tls(), Route::new)
            .whenCompleteAsync(
                (route, failure) -> {
                  if (failure == null) {
                    connect(route, 0);
                  } else {
                    refused(Upgrade.words(failure));
                  }
                },
                loop);
  }

  private CompletableFuture<Optional<SslContext>> tls() {
    return target.secure()
        ? ground.authorities().trusting(access.authorities()).thenApply(Optional::of)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  /// Nothing comes of it any more.
  void giveUp() {
    over = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    if (channel != null) {
      var _ = channel.close();
    }
  }

  private void connect(Route route, int number) {
    if (over) {
      return;
    }
    InetSocketAddress address = new InetSocketAddress(route.addresses().get(number), target.port());
    doing("connecting to " + address.getAddress().getHostAddress() + " port " + target.port());
    // One address that swallows everything must leave time for the next.
    long shareNanos =
        (untilNanos - loop.ticker().nanoTime()) / (route.addresses().size() - (long) number);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(shareNanos)))
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(SMALLEST_READ, USUAL_READ, LARGEST_READ))
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(
                    ground.settings().lowBytes(), ground.settings().highBytes()))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    lay(made.pipeline(), route);
                  }
                })
            .connect(address);
    channel = connecting.channel();
    var _ =
        connecting.addListener(connected -> {
          if (connected.isSuccess() || over) {
            return;
          }
          if (number + 1 < route.addresses().size()) {
            connect(route, number + 1);
          } else {
            refused("no connection: " + Upgrade.words(connected.cause()));
          }
        });
  }

  private void lay(ChannelPipeline pipeline, Route route) {
    if (route.tls().isPresent()) {
      SslHandler tls =
          route.tls().get().newHandler(pipeline.channel().alloc(), target.host(), target.port());
      tls.setHandshakeTimeoutMillis(0); // the attempt has a deadline
      tls.setCloseNotifyFlushTimeoutMillis(ground.settings().close().toMillis());
      pipeline.addLast(tls);
    }
    pipeline.addLast(Upgrade.codec(), new Upgrade(target, access, greeting, this));
  }

  @Override
  public void doing(String what) {
    doing = what;
  }

  @Override
  public void agreed(ChannelHandlerContext context) {
    if (over) {
      return;
    }
    over = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
    Channel agreed = context.channel();
    agreed.config().setAutoRead(false);
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(
        new WebSocket13FrameDecoder(
            WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(ground.settings().messageBytes())
                .expectMaskedFrames(false)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build()),
        new WebSocket13FrameEncoder(this::mask),
        conversation);
    result.accept(new Result.Connected(conversation));
    pipeline.remove(Upgrade.class);
    // Last: what came after the head goes on from here.
    pipeline.remove(HttpClientCodec.class);
    conversation.readOn();
  }

  /// RFC 6455 5.3: from a strong source.
  private int mask() {
    return (int) ground.randomness().nextLong();
  }

  @Override
  public void refused(String why) {
    if (!over) {
      giveUp();
      result.accept(new Result.Failed(target + ": " + why));
    }
  }
}
