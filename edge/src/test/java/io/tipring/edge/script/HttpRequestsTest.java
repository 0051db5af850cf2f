package io.tipring.edge.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tipring.api.script.Web;
import io.tipring.edge.http.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpRequestsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_BYTES = 1_000;

  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private WebClient client = client(InetAddress::isLoopbackAddress);

  private static WebClient client(Predicate<InetAddress> reachable) {
    return new WebClient(PATIENCE, reachable);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/mirror", HttpRequestsTest::mirror);
    server.createContext("/large", exchange -> answer(exchange, new byte[MOST_BYTES + 1]));
    server.createContext("/moved", exchange -> redirect(exchange, "/mirror"));
    server.createContext("/round", exchange -> redirect(exchange, "/round"));
    server.createContext("/away", exchange -> redirect(exchange, "http://127.1.2.3/secret"));
    server.createContext("/file", exchange -> redirect(exchange, "file:///etc/passwd"));
    server.createContext(
        "/slow",
        _ -> {
          asked.countDown();
          awaitEnd();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void awaitEnd() {
    try {
      var _ = end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void mirror(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("X-Colour", "green");
    exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=iso-8859-1");
    String body =
        exchange.getRequestMethod()
            + ' '
            + exchange.getRequestHeaders().getFirst("X-Shape")
            + ' '
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    answer(exchange, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void redirect(HttpExchange exchange, String where) throws IOException {
    exchange.getResponseHeaders().add("Location", where);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private CompletableFuture<Web.Answer> send(String method, String path, String body) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return new HttpRequests(client, MOST_BYTES)
        .send(new Web.Request(method, uri, Map.of("X-Shape", "round"), body, PATIENCE));
  }

  private Web.Answer answer(String method, String path, String body) throws Exception {
    return send(method, path, body).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void fails(String path, String reason) {
    assertThatThrownBy(() -> answer("GET", path, "")).hasMessageContaining(reason);
  }

  @Test
  void textHeadersAndBodyGoThereAndComeBack() throws Exception {
    Web.Answer answer = answer("POST", "/mirror", "größer");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("POST round größer");
    assertThat(answer.headers()).containsEntry("x-colour", "green");
  }

  @Test
  void aGetFollowsARedirectAndAPostDoesNot() throws Exception {
    assertThat(answer("GET", "/moved", "").body()).isEqualTo("GET round ");
    assertThat(answer("POST", "/moved", "x").status()).isEqualTo(302);
  }

  @Test
  void whatMayNotBeAskedIsNotAskedNorAfterARedirect() {
    client.close();
    client = client(address -> address.getHostAddress().equals("127.0.0.1"));
    fails("/away", "127.1.2.3 has an address that may not be fetched from");
    fails("/file", "no http or https URL");
    client.close();
    client = client(_ -> false);
    fails("/mirror", "may not be fetched from; see media.fetch_from");
  }

  @Test
  void whatIsTooLargeOrGoesRoundFails() {
    fails("/large", "more than 1000 bytes");
    fails("/round", "redirects more than 3 times");
  }

  @Test
  void whoNoLongerWaitsIsNoLongerServed() throws Exception {
    CompletableFuture<Web.Answer> answer = send("GET", "/slow", "");
    assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    answer.cancel(true);
    assertThat(answer).isCancelled();
  }
}
