package io.tipring.edge.control;

import static io.tipring.edge.control.RawApplication.Guest.FIN;
import static io.tipring.edge.control.RawApplication.Guest.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.LinkEvent;
import io.tipring.edge.control.RawApplication.Guest;
import io.tipring.edge.net.Counters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The request for a WebSocket, and what may be answered.
final class OpeningTest {
  private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration SHORT = Duration.ofMillis(300);

  private final ObservedLane lane = new ObservedLane();
  private final Counters<LinkMeter> meters = new Counters<>(LinkMeter.class);
  private final CountDownLatch nameServer = new CountDownLatch(1);
  private final RawApplication app;
  private final WebSocketLinks links =
      new WebSocketLinks(
          new WebSocketLinks.Ground(lane, () -> 1_763_726_448_999L, new SecureRandom()::nextBytes),
          Map.of(
              "guarded",
              new Access(
                  Optional.of("3f9c.~token=="),
                  List.of(SigningSecret.parse("whsec_" + SECRET)),
                  List.of())),
          LinkSettings.STANDARD,
          meters,
          this::lookUp);

  OpeningTest() throws IOException {
    app = new RawApplication();
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    return switch (host) {
      case "app.example" -> List.of(InetAddress.ofLiteral("127.0.0.1"));
      // Nobody listens at the first; loopback of the same machine, another address.
      case "two.example" ->
          List.of(InetAddress.ofLiteral("127.0.0.99"), InetAddress.ofLiteral("127.0.0.1"));
      case "slow.example" -> {
        try {
          nameServer.await();
        } catch (InterruptedException e) {
          throw new UnknownHostException("interrupted");
        }
        yield List.of(InetAddress.ofLiteral("127.0.0.1"));
      }
      default -> throw new UnknownHostException(host + ": Name or service not known");
    };
  }

  @AfterEach
  void stop() {
    nameServer.countDown();
    links.close();
    app.close();
    lane.close();
  }

  private Caller opens(String host, Duration handshake) {
    return Caller.opens(links, lane, app.url("ws://" + host, "/ivr?line=2"), handshake);
  }

  @Test
  void theRequestIsThatOfTheDocument() throws Exception {
    Caller caller = Caller.opens(links, lane, "open", app.url("http://app.example", "/ivr?line=2"));
    Guest guest = app.accept();
    assertThat(guest.head())
        .startsWith(
            "GET /ivr?line=2 HTTP/1.1",
            "Host: app.example:" + app.port(),
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13")
        .contains("Sec-WebSocket-Protocol: v1.control.tipring")
        .noneMatch(line -> line.startsWith("webhook-") || line.startsWith("Authorization"))
        .noneMatch(line -> line.startsWith("Sec-WebSocket-Extensions"));
    assertThat(Base64.getDecoder().decode(guest.header("Sec-WebSocket-Key").orElseThrow()))
        .hasSize(16);
    assertThat(guest.header("traceparent").orElseThrow())
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    guest.agree();
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());
  }

  @Test
  void whereASecretIsSharedTheRequestIsSigned() throws Exception {
    Caller.opens(links, lane, "guarded", app.url());
    Guest guest = app.accept();
    String id = guest.header("webhook-id").orElseThrow();
    assertThat(id).startsWith("conn_");
    assertThat(guest.header("webhook-timestamp")).contains("1763726448");
    assertThat(guest.header("webhook-signature"))
        .contains("v1," + hmacByRfc2104(id + ".1763726448./ivr?line=2"));
    assertThat(guest.header("Authorization")).contains("Bearer 3f9c.~token==");
  }

  /// RFC 2104 2, for keys of less than 64 bytes, without the JDK's own.
  private static String hmacByRfc2104(String text) throws Exception {
    byte[] key = Arrays.copyOf(Base64.getDecoder().decode(SECRET), 64);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] inner = sha256.digest(joined(key, 0x36, text.getBytes(UTF_8)));
    return Base64.getEncoder().encodeToString(sha256.digest(joined(key, 0x5c, inner)));
  }

  private static byte[] joined(byte[] key, int pad, byte[] rest) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte each : key) {
      all.write(each ^ pad);
    }
    all.writeBytes(rest);
    return all.toByteArray();
  }

  @Test
  void attemptsOfOneCallShareItsTraceAndNothingElse() throws Exception {
    Caller.opens(links, lane, "guarded", app.url());
    Guest first = app.accept();
    Caller.opens(links, lane, "guarded", app.url());
    Guest second = app.accept();
    for (String header : List.of("webhook-id", "Sec-WebSocket-Key", "traceparent")) {
      assertThat(first.header(header)).isPresent().isNotEqualTo(second.header(header));
    }
    assertThat(first.header("traceparent").orElseThrow().substring(0, 35))
        .isEqualTo(second.header("traceparent").orElseThrow().substring(0, 35));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 302 Found~Location: https://other.example/ivr, configure https://other.example/ivr",
    "HTTP/1.1 401 Unauthorized, check the token",
    "HTTP/1.1 404 Not Found~Content-Length: 100000000, check the path",
    "HTTP/1.1 200 OK~Content-Length: 5, 200 OK instead of 101",
    "HTTP/1.1 503 Service Unavailable, 503",
    "SSH-2.0-OpenSSH_9.2, no HTTP",
    "HTTP/1.1 101 Switching Protocols, without `Upgrade",
    "HTTP/1.1 101 OK~Upgrade: websocket~Connection: upgrade~Sec-WebSocket-Accept: xyz, wrong Sec-WebSocket-Accept",
    "HTTP/1.1 101 OK~Upgrade: websocket~Connection: upgrade~Sec-WebSocket-Accept: @, choose v1.control.tipring",
    "HTTP/1.1 101 OK~Upgrade: websocket~Connection: upgrade~Sec-WebSocket-Accept: @~Sec-WebSocket-Protocol: chat, the subprotocol chat",
    "HTTP/1.1 101 OK~Upgrade: websocket~Connection: upgrade~Sec-WebSocket-Accept: @~Sec-WebSocket-Protocol: v1.control.tipring~Sec-WebSocket-Extensions: permessage-deflate, extension"
  })
  void anyOtherAnswerIsRefusedAndItIsSaidWhy(String answer, String why) throws Exception {
    Caller caller = opens("app.example", Caller.LONG);
    Guest guest = app.accept();
    guest.write(answer.replace("@", guest.accepted()).replace("~", "\r\n") + "\r\n\r\n");
    refusedAs(caller, why);
    assertThat(guest.ended()).isTrue();
  }

  private static void refusedAs(Caller caller, String why) throws InterruptedException {
    assertThat(caller.hears())
        .isInstanceOfSatisfying(
            LinkEvent.Refused.class,
            refused -> assertThat(refused.why()).contains(why).doesNotContain("\n"));
    assertThat(caller.hasHeardAll()).isTrue();
  }

  @Test
  void anAnswerMayBeAnnounced() throws Exception {
    Caller caller = opens("app.example", Caller.LONG);
    Guest guest = app.accept();
    guest.write("HTTP/1.1 103 Early Hints\r\n\r\n");
    guest.agree();
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());
  }

  @Test
  void aHeadWithoutEndIsRefused() throws Exception {
    Caller caller = opens("app.example", Caller.LONG);
    Guest guest = app.accept();
    guest.head();
    guest.write("HTTP/1.1 200 OK\r\n" + "X-Filler: 0123456789\r\n".repeat(1_000));
    refusedAs(caller, "no HTTP");
  }

  @Test
  void oneThatHangsUpWithoutAnAnswerIsRefused() throws Exception {
    Caller caller = opens("app.example", Caller.LONG);
    Guest guest = app.accept();
    guest.head();
    guest.hangUp();
    refusedAs(caller, "closed the connection without an answer");
  }

  @Test
  void framesMayComeInOneSegmentWithTheAnswer() throws Exception {
    Caller caller = opens("app.example", Caller.LONG);
    Guest guest = app.accept();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(guest.agreement().getBytes(ISO_8859_1));
    all.writeBytes(Guest.framed(FIN | TEXT, "{\"id\":\"a1\",\"type\":\"answer\"}".getBytes(UTF_8)));
    guest.write(all.toByteArray());
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());
    assertThat(caller.hears()).isInstanceOf(LinkEvent.Received.class);
  }

  @Test
  void theDeadlineIsForTheAnswerToo() throws Exception {
    Caller caller = opens("app.example", SHORT);
    Guest guest = app.accept();
    guest.head();
    refusedAs(caller, "within 300 ms: it was waiting for its answer");
    assertThat(guest.ended()).isTrue();
    assertThat(meters.get(LinkMeter.REFUSED)).isEqualTo(1);
  }

  @Test
  void theDeadlineIsForTheNameToo() throws Exception {
    refusedAs(opens("slow.example", SHORT), "it was looking up its host");
  }

  @Test
  void aNameThatIsLookedUpKeepsNobodyElse() throws Exception {
    for (int i = 0; i < 100; i++) {
      opens("slow.example", Caller.LONG);
    }
    Caller other = opens("app.example", Caller.LONG);
    app.welcome();
    assertThat(other.hears()).isEqualTo(new LinkEvent.Opened());
  }

  @Test
  void aHostThatIsNotKnownIsRefused() throws Exception {
    refusedAs(opens("nobody.example", Caller.LONG), "nobody.example: Name or service not known");
  }

  @Test
  void oneAddressIsTriedAfterTheOther() throws Exception {
    Caller caller = opens("two.example", Caller.LONG);
    app.welcome();
    assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());
  }

  @Test
  void aPortWhereNobodyListensIsRefused() throws Exception {
    int port;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    refusedAs(
        Caller.opens(links, lane, URI.create("ws://127.0.0.1:" + port + "/")),
        "Connection refused");
  }

  @Test
  void anIpv6LiteralIsCalledInItsBrackets() throws Exception {
    try (RawApplication six =
        new RawApplication(new ServerSocket(0, 1, InetAddress.ofLiteral("::1")))) {
      Caller caller = Caller.opens(links, lane, six.url("ws://[::1]", "/"));
      Guest guest = six.welcome();
      assertThat(guest.header("Host")).contains("[::1]:" + six.port());
      assertThat(caller.hears()).isEqualTo(new LinkEvent.Opened());
    }
  }

  @Test
  void aUrlThatCannotBeCalledIsRefused() throws Exception {
    refusedAs(
        Caller.opens(links, lane, URI.create("ws://me:pw@app.example/")), "user and password");
  }

  @Test
  void anAttemptThatIsGivenUpIsNotHeardOf() throws Exception {
    Caller caller = opens("app.example", Caller.LONG);
    Guest guest = app.accept();
    guest.head();
    caller.closes(CloseReason.SUPERSEDED);
    assertThat(guest.ended()).isTrue();
    assertThat(caller.hasHeardAll()).isTrue();
  }

  @Test
  void afterTheEndOfAllLinksNewOnesAreRefused() throws Exception {
    links.close();
    refusedAs(opens("app.example", Caller.LONG), "stops");
  }
}
