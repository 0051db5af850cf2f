package io.tipring.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpServerTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int LONG = 1 << 20;
  private static final int PATIENCE_MILLIS = 20_000;

  /// Seconds. On a busy machine even a client of good will takes its time.
  private static final int NEVER = 300;

  private final AtomicInteger longReplies = new AtomicInteger();
  private HttpServer server = start(limits(_ -> true));

  private HttpServer start(HttpLimits limits) {
    Router router =
        new Router()
            .get("/hello", () -> Reply.text(200, "hello"))
            .get(
                "/long",
                () -> {
                  longReplies.incrementAndGet();
                  return Reply.text(200, "x".repeat(LONG));
                })
            .get(
                "/broken",
                () -> {
                  throw new IllegalStateException("on purpose");
                });
    try {
      return HttpServer.start(List.of(new InetSocketAddress(LOOPBACK, 0)), router, limits);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpLimits limits(Predicate<InetAddress> welcome) {
    return new HttpLimits(1, 2, 200, 1_000, 100, NEVER, NEVER, welcome);
  }

  private static HttpLimits limits(int requestSeconds, int idleSeconds) {
    return new HttpLimits(1, 2, 200, 1_000, 100, requestSeconds, idleSeconds, _ -> true);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void restart(HttpLimits limits) {
    server.close();
    server = start(limits);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(LOOPBACK, server.addresses().getFirst().getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /// Sends the request and reads until the server closes.
  private String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  @Test
  void whoAsksWithoutListeningIsNotAnsweredAhead() throws IOException {
    int questions = 200;
    try (Socket socket = connect()) {
      String question = "GET /long HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(question.repeat(questions).getBytes(UTF_8));
      for (int heard = 0; heard < questions; heard++) {
        // The system keeps a few megabytes on their way; beyond that nothing is made.
        assertThat(longReplies.get() - heard).isLessThan(32);
        String reply = new String(socket.getInputStream().readNBytes(LONG), UTF_8);
        assertThat(reply).contains("x");
      }
    }
  }

  @Test
  void answersWhatIsAskedWhateverTheQuery() throws IOException {
    assertThat(exchange(get("/hello?x=1")))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("content-length: 5\r\n")
        .endsWith("\r\n\r\nhello");
  }

  @Test
  void keepsTheConnectionForMoreRequests() throws IOException {
    assertThat(
            exchange("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n" + get("/hello")).split("hello", -1))
        .hasSize(3);
  }

  @Test
  void headHasNoBodyButSaysHowLongItWouldBe() throws IOException {
    assertThat(exchange(get("/hello").replace("GET", "HEAD")))
        .contains("content-length: 5\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void errorsSayWhatToDo() throws IOException {
    assertThat(exchange(get("/nothing")))
        .startsWith("HTTP/1.1 404 ")
        .contains("application/problem+json")
        .contains("\"status\":404");
    assertThat(exchange(get("/hello").replace("GET", "POST")))
        .startsWith("HTTP/1.1 405 ")
        .contains("allow: GET, HEAD\r\n");
    assertThat(exchange(get("/broken"))).startsWith("HTTP/1.1 500 ").doesNotContain("on purpose");
  }

  @Test
  void refusesWhatIsMalformedOrTooLarge() throws IOException {
    assertThat(exchange("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(exchange(get("/" + "x".repeat(300)))).startsWith("HTTP/1.1 400 ");
    assertThat(exchange("GET /hello HTTP/1.1\r\nX: " + "x".repeat(2_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(
            exchange(
                "POST /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 101\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void closesWhoSendsNoWholeRequestInTime() throws IOException {
    restart(limits(1, NEVER));
    assertThat(exchange("GET /hello HT")).isEmpty();
  }

  @Test
  void closesWhoStaysIdle() throws IOException {
    restart(limits(NEVER, 1));
    assertThat(exchange("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")).endsWith("hello");
  }

  @Test
  void doesNotHearWhoIsNotWelcome() throws IOException {
    restart(limits(source -> !source.equals(LOOPBACK)));
    assertThat(closedAtOnce()).isTrue();
  }

  @Test
  void hasABoundOnConnections() throws IOException {
    try (Socket first = connect();
        Socket second = connect()) {
      greet(first);
      greet(second);
      assertThat(server.connections()).isEqualTo(2);
      assertThat(closedAtOnce()).isTrue();
    }
  }

  private static void greet(Socket socket) throws IOException {
    socket.getOutputStream().write("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
  }

  private boolean closedAtOnce() throws IOException {
    try (Socket socket = connect()) {
      return socket.getInputStream().read() < 0;
    } catch (SocketException _) {
      return true; // a reset is a close too
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    InetSocketAddress taken = server.addresses().getFirst();
    assertThatThrownBy(() -> HttpServer.start(List.of(taken), new Router(), limits(_ -> true)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(taken.getPort()));
  }
}
