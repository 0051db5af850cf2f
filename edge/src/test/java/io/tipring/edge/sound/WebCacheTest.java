package io.tipring.edge.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Ready;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest;
import io.tipring.media.clip.WavWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that says how long its sounds may be kept, and counts how often it is asked.
class WebCacheTest {
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicLong nowNanos = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, String> says = new ConcurrentHashMap<>();
  private final List<Optional<String>> asked = new CopyOnWriteArrayList<>();
  private final WebSounds web =
      new WebSounds(
          new WebSounds.Settings(Duration.ofSeconds(30), 100_000, 10_000, Duration.ofSeconds(300)),
          InetAddress::isLoopbackAddress,
          nowNanos::get);
  private HttpServer server;
  private volatile int status = 200;
  private volatile int samples = 800;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/a");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    gate.countDown();
    web.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")));
    try (exchange) {
      boolean _ = gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      says.forEach(exchange.getResponseHeaders()::add);
      byte[] body = status == 200 ? WavWriter.bytes(8_000, new int[samples], samples) : new byte[0];
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSoundIsKeptAsLongAsItsServerSays() throws Exception {
    says.put("Cache-Control", "max-age=60");
    assertThat(length("/a")).isEqualTo(800);
    pass(59);
    assertThat(length("/a")).isEqualTo(800);
    assertThat(asked).hasSize(1);
    samples = 900;
    pass(2);
    assertThat(length("/a")).isEqualTo(900);
    assertThat(asked).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void whatIsNotToBeKeptIsFetchedEachTime() throws Exception {
    says.put("Cache-Control", "no-store");
    assertThat(length("/a")).isEqualTo(800);
    assertThat(length("/a")).isEqualTo(800);
    assertThat(asked).hasSize(2);
    assertThat(web.bytes()).isZero();
  }

  @Test
  void oneThatHasATagIsValidatedAndItsLifeBeginsAnew() throws Exception {
    says.put("Cache-Control", "max-age=60");
    says.put("ETag", "\"v1\"");
    assertThat(length("/a")).isEqualTo(800);
    pass(61);
    status = 304;
    says.remove("Cache-Control");
    assertThat(length("/a")).isEqualTo(800);
    assertThat(asked).containsExactly(Optional.empty(), Optional.of("\"v1\""));
    // What a 304 does not say stays as it was: 60 s again.
    pass(59);
    assertThat(length("/a")).isEqualTo(800);
    assertThat(asked).hasSize(2);
    assertThat(web.meters().get(FetchMeter.VALIDATED)).isOne();
    status = 200;
    samples = 900;
    says.put("ETag", "\"v2\"");
    pass(2);
    assertThat(length("/a")).isEqualTo(900);
  }

  @Test
  void whileItsServerIsAwayAnOldSoundIsUsedUnlessThatIsForbidden() throws Exception {
    says.put("Cache-Control", "max-age=1");
    assertThat(length("/a")).isEqualTo(800);
    says.put("Cache-Control", "max-age=1, must-revalidate");
    assertThat(length("/b")).isEqualTo(800);
    pass(2);
    status = 503;
    assertThat(length("/a")).isEqualTo(800);
    assertThat(refusal("/b")).isEqualTo(Refusal.FETCH_FAILED);
    server.stop(0);
    assertThat(length("/a")).isEqualTo(800);
    assertThat(refusal("/b")).isEqualTo(Refusal.FETCH_FAILED);
    assertThat(web.meters().get(FetchMeter.STALE)).isEqualTo(2);
  }

  @Test
  void oneThatWasTakenAwayIsNotPlayedFromMemory() throws Exception {
    says.put("Cache-Control", "max-age=1");
    assertThat(length("/a")).isEqualTo(800);
    pass(2);
    status = 404;
    assertThat(refusal("/a")).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void redirectsAreFollowedAnewAndTheirTargetsKept() throws Exception {
    assertThat(length("/moved")).isEqualTo(800);
    assertThat(length("/moved")).isEqualTo(800);
    assertThat(length("/a")).isEqualTo(800);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whoWantTheSameAtOneTimeWaitForOneAnswer() throws Exception {
    gate = new CountDownLatch(1);
    List<CompletableFuture<Preparation>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(ask("/a"));
    }
    gate.countDown();
    for (CompletableFuture<Preparation> one : all) {
      assertThat(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(Ready.class);
    }
    assertThat(asked).hasSize(1);
    assertThat(web.meters().get(FetchMeter.JOINED)).isEqualTo(9);
  }

  @Test
  void noMoreIsKeptThanMay() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(length("/" + i)).isEqualTo(800);
    }
    assertThat(web.bytes()).isBetween(30_000L, 40_000L);
    int before = asked.size();
    assertThat(length("/19")).isEqualTo(800);
    assertThat(asked).hasSize(before);
    assertThat(length("/0")).isEqualTo(800);
    assertThat(asked).hasSize(before + 1);
  }

  private void pass(long seconds) {
    nowNanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private int length(String path) throws Exception {
    return ((Ready) ask(path).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).pcm().length();
  }

  private Refusal refusal(String path) throws Exception {
    return ((Unavailable) ask(path).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).refusal();
  }

  private CompletableFuture<Preparation> ask(String path) {
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    web.prepare(new SoundRequest.Web(uri), answer::complete);
    return answer;
  }
}
