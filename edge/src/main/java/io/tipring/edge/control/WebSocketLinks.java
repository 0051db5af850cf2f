package io.tipring.edge.control;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tipring.core.control.Destination;
import io.tipring.core.control.LinkEvent;
import io.tipring.core.control.Links;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.net.Counters;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Connections to remote applications over WebSocket (docs/protocol/control-v1.md), on a few event
/// loops of its own.
public final class WebSocketLinks implements Links, AutoCloseable {
  private static final int RESOLVING = 8;
  private static final int RESOLVING_WAITING = 1_000;
  private static final int RESOLVING_IDLE_SECONDS = 30;

  private final Ground ground;
  private final Map<String, Access> access;
  private final LinkSettings settings;
  private final Counters<LinkMeter> meters;
  private final ExecutorService resolving = resolvingThreads();
  private final EventLoopGroup loops;
  private final Attempt.Ground attempts;

  /// What links stand on.
  ///
  /// @param wallMillis milliseconds since 1970
  /// @param randomness asked by the lane and the event loops alike; a strong source (RFC 6455 10.3)
  public record Ground(Lane lane, LongSupplier wallMillis, Randomness randomness) {}

  /// @param access by the name of the application; others are asked openly
  public WebSocketLinks(
      Ground ground,
      Map<String, Access> access,
      LinkSettings settings,
      Counters<LinkMeter> meters) {
    this(ground, access, settings, meters, Resolver.Lookup.ofSystem());
  }

  WebSocketLinks(
      Ground ground,
      Map<String, Access> access,
      LinkSettings settings,
      Counters<LinkMeter> meters,
      Resolver.Lookup lookup) {
    this.ground = ground;
    this.access = Map.copyOf(access);
    this.settings = settings;
    this.meters = meters;
    loops =
        new MultiThreadIoEventLoopGroup(
            settings.threads(),
            new DefaultThreadFactory("control", true),
            NioIoHandler.newFactory());
    attempts =
        new Attempt.Ground(
            settings,
            new Resolver(lookup, resolving),
            new Authorities(resolving),
            ground.randomness());
  }

  /// What is wrong with an application's URL, for the configuration; nothing when it can be called.
  public static Optional<String> faultOf(URI url) {
    try {
      Target.of(url);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  private static ExecutorService resolvingThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            RESOLVING,
            RESOLVING,
            RESOLVING_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(RESOLVING_WAITING),
            Thread.ofPlatform().daemon().name("resolve-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Override
  public Link open(Destination to, Consumer<LinkEvent> events) {
    meters.count(LinkMeter.ATTEMPTS);
    EventLoop loop = loops.next();
    Turns turns = new Turns(ground.lane(), to.call().value(), events, loop);
    WebSocketLink link = new WebSocketLink(loop, turns, meters);
    Greeting greeting =
        Greeting.make(to.call(), ground.randomness(), ground.wallMillis().getAsLong());
    try {
      loop.execute(() -> begin(link, turns, to, greeting, loop));
    } catch (RejectedExecutionException _) {
      ground.lane().post(to.call().value(), () -> refuse(turns, events));
    }
    return link;
  }

  private static void refuse(Turns turns, Consumer<LinkEvent> events) {
    if (!turns.over()) {
      turns.end();
      events.accept(new LinkEvent.Refused("this exchange stops"));
    }
  }

  private void begin(
      WebSocketLink link, Turns turns, Destination to, Greeting greeting, EventLoop loop) {
    Target target;
    try {
      target = Target.of(to.url());
    } catch (IllegalArgumentException wrong) {
      link.onResult(new Attempt.Result.Failed(String.valueOf(wrong.getMessage())));
      return;
    }
    Attempt attempt =
        new Attempt(
            attempts,
            target,
            access.getOrDefault(to.application(), Access.OPEN),
            greeting,
            loop,
            new Conversation(turns, settings, meters),
            link::onResult);
    link.follow(attempt);
    attempt.begin(to.handshake());
  }

  /// Breaks off every connection. Waits for the event loops at most two seconds.
  @Override
  public void close() {
    resolving.shutdownNow();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
