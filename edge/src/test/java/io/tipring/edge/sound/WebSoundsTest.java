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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSoundsTest {
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicLong now = new AtomicLong();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private WebSounds web = web(Duration.ofSeconds(30), InetAddress::isLoopbackAddress);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, 200, wav(800)));
    server.createContext("/large", exchange -> answer(exchange, 200, wav(60_000)));
    server.createContext(
        "/page", exchange -> answer(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8)));
    server.createContext("/broken", exchange -> answer(exchange, 500, new byte[1]));
    server.createContext("/moved", exchange -> redirect(exchange, "/good"));
    server.createContext("/round", exchange -> redirect(exchange, "/round"));
    server.createContext("/away", exchange -> redirect(exchange, "http://127.1.2.3/secret"));
    server.createContext("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
    server.createContext("/slow", _ -> await());
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    web.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aWavIsFetchedAndDecodedAlsoByWayOfARedirect() throws Exception {
    assertThat(((Ready) fetch("/good")).pcm().length()).isEqualTo(800);
    assertThat(((Ready) fetch("/moved")).pcm().length()).isEqualTo(800);
  }

  @Test
  void eachFailureHasItsName() throws Exception {
    assertThat(refusal("/nothing")).isEqualTo(Refusal.NOT_FOUND);
    assertThat(refusal("/broken")).isEqualTo(Refusal.FETCH_FAILED);
    assertThat(refusal("/large")).isEqualTo(Refusal.TOO_LARGE);
    assertThat(refusal("/page")).isEqualTo(Refusal.BAD_SOUND);
    assertThat(refusal("/round")).isEqualTo(Refusal.FETCH_FAILED);
    assertThat(refusal("/file")).isEqualTo(Refusal.FETCH_FAILED);
    assertThat(((Unavailable) fetch(URI.create("http://no.such.host.invalid/a.wav"))).refusal())
        .isEqualTo(Refusal.FETCH_FAILED);
  }

  @Test
  void aServerThatIsSilentIsGivenUp() throws Exception {
    web.close();
    web = web(Duration.ofMillis(500), _ -> true);
    assertThat(refusal("/slow")).isEqualTo(Refusal.TIMED_OUT);
  }

  @Test
  void addressesThatAreNotAllowedAreNotAskedNotEvenAfterARedirect() throws Exception {
    web.close();
    web = web(Duration.ofSeconds(30), address -> address.getHostAddress().equals("127.0.0.1"));
    assertThat(fetch("/good")).isInstanceOf(Ready.class);
    Unavailable away = (Unavailable) fetch("/away");
    assertThat(away.refusal()).isEqualTo(Refusal.FETCH_FAILED);
    assertThat(away.hint()).contains("media.fetch_from");
  }

  private Refusal refusal(String path) throws Exception {
    return ((Unavailable) fetch(path)).refusal();
  }

  private Preparation fetch(String path) throws Exception {
    return fetch(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private Preparation fetch(URI uri) throws Exception {
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    web.prepare(new SoundRequest.Web(uri), answer::complete);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private WebSounds web(Duration deadline, Predicate<InetAddress> reachable) {
    return new WebSounds(
        new WebSounds.Settings(deadline, 100_000, 100_000, Duration.ofSeconds(10)),
        reachable,
        now::get);
  }

  private static byte[] wav(int samples) {
    return WavWriter.bytes(8_000, new int[samples], samples);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("Location", to);
      exchange.sendResponseHeaders(302, -1);
    }
  }

  private void await() {
    try {
      boolean _ = end.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
