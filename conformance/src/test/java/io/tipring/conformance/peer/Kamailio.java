package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// A Kamailio proxy in front of an exchange: who wants to pass must know the password of `alice`.
/// What is dialled says how it asks, see `src/test/resources/kamailio/password.cfg`.
public final class Kamailio implements AutoCloseable {
  public static final String USER = "alice";
  public static final String PASSWORD = "Circle of 7 lives";

  private static final Duration START = Duration.ofSeconds(60);
  private static final int LOOK_EVERY_MILLIS = 200;

  private final Child process;
  private final int port;

  private Kamailio(Child process, int port) {
    this.process = process;
    this.port = port;
  }

  /// How it asks for the password.
  ///
  /// @param algorithm `MD5` or `SHA-256`, the two that it has
  /// @param qop whether `qop=auth` is offered, and the count of each nonce looked at
  public record Manner(String algorithm, boolean qop) {
    @Override
    public String toString() {
      return algorithm + (qop ? " with qop" : " without qop");
    }
  }

  /// @param exchangePort where it sends those who know the password, on 127.0.0.1
  public static Kamailio asking(Manner manner, int exchangePort) {
    Path folder = Folders.fresh("kamailio", "password");
    int port = Ports.free();
    int stale = 16;
    int qop = manner.qop ? 1 : 0;
    try {
      Path config = folder.resolve("kamailio.cfg");
      Files.writeString(
          config,
          template()
              .replace("OWN_PORT", Integer.toString(port))
              .replace("EXCHANGE_PORT", Integer.toString(exchangePort))
              .replace("ALGORITHM", manner.algorithm)
              .replace("NONCE_COUNT", Integer.toString(qop))
              .replace("QOP", Integer.toString(qop))
              .replace("STALE", Integer.toString(stale + qop))
              .replace("PASSWORD", PASSWORD));
      Child process =
          Child.start(
              folder,
              List.of(
                  Peer.KAMAILIO.command(),
                  "-f",
                  config.toString(),
                  "-DD",
                  "-E",
                  "-m",
                  "64",
                  "-Y",
                  folder.toString()));
      Kamailio kamailio = new Kamailio(process, port);
      kamailio.awaitAnswer();
      return kamailio;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /// What it said last, for an assertion.
  public String story() {
    return process.tail(40);
  }

  /// Its port is bound before it hears: only an answer tells that it is ready.
  private void awaitAnswer() throws IOException {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(here, 0))) {
      socket.setSoTimeout(LOOK_EVERY_MILLIS);
      boolean answers = Await.until(START, () -> !process.alive() || answersOptions(socket, here));
      if (!answers || !process.alive()) {
        process.close();
        throw new AssertionError("Kamailio does not answer: " + process.tail(40));
      }
    }
  }

  private boolean answersOptions(DatagramSocket socket, InetAddress here) {
    String options =
        """
        OPTIONS sip:127.0.0.1:%1$d SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:%2$d;branch=z9hG4bK%3$d
        From: <sip:test@127.0.0.1>;tag=1
        To: <sip:test@127.0.0.1>
        Call-ID: %3$d@127.0.0.1
        CSeq: 1 OPTIONS
        Max-Forwards: 70
        Content-Length: 0

        """
            .formatted(port, socket.getLocalPort(), System.nanoTime())
            .replace("\n", "\r\n");
    byte[] bytes = options.getBytes(StandardCharsets.US_ASCII);
    DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, here, port));
      socket.receive(answer);
      return true;
    } catch (SocketTimeoutException notYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String template() throws IOException {
    try (InputStream resource =
        Objects.requireNonNull(Kamailio.class.getResourceAsStream("/kamailio/password.cfg"))) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
