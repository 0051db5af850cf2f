package io.tipring.conformance.abuse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// Throws bytes at the exchange's ports, and asks whether it lives.
final class Prober implements AutoCloseable {
  private static final int ATTEMPTS = 60;
  private static final int WAIT_MILLIS = 500;

  /// What a busy machine may take for an answer that is sure to come.
  private static final int PATIENCE_MILLIS = 30_000;

  /// A stream that gets no answer is left after so long; it costs a test that much each time.
  private static final int NO_ANSWER_MILLIS = 1_000;

  private final InetSocketAddress target;
  private final DatagramSocket thrower;
  private final DatagramSocket asker;

  /// The same number in another request of the same source would be a merged request (RFC 3261
  /// 8.2.2.2).
  private long asked = System.nanoTime();

  Prober(int sipPort) {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), sipPort);
    try {
      thrower = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      asker = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      asker.setSoTimeout(WAIT_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void throwDatagram(byte[] bytes) {
    try {
      thrower.send(new DatagramPacket(bytes, bytes.length, target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Over a connection of its own. That the exchange hangs up on us is its right.
  void throwStream(byte[] bytes) {
    try (Socket socket = connected(NO_ANSWER_MILLIS)) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      // Until the exchange has read it all and closed its end, or has nothing to say.
      socket.getInputStream().readNBytes(200);
    } catch (IOException _) {
      // Reset: refused in the middle.
    }
  }

  /// Whether an OPTIONS over UDP gets its 200 within 30 s.
  boolean answersDatagrams() {
    asked++;
    byte[] question = options("UDP", asker.getLocalPort());
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        asker.send(new DatagramPacket(question, question.length, target));
        DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
        try {
          do {
            asker.receive(answer);
          } while (!isOurs(answer));
          return isOk(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException _) {
          // Lost: ask again, as RFC 3261 17.1.2 would.
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isOurs(DatagramPacket answer) {
    return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8)
        .contains("z9hG4bKprobe" + asked + ";");
  }

  /// The same over TCP.
  boolean answersStreams() {
    asked++;
    try (Socket socket = connected(PATIENCE_MILLIS)) {
      socket.getOutputStream().write(options("TCP", socket.getLocalPort()));
      InputStream in = socket.getInputStream();
      return isOk(new String(in.readNBytes(11), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return false;
    }
  }

  private Socket connected(int readMillis) throws IOException {
    Socket socket = new Socket();
    socket.connect(target, PATIENCE_MILLIS);
    socket.setSoTimeout(readMillis);
    return socket;
  }

  private static boolean isOk(String answer) {
    return answer.startsWith("SIP/2.0 200");
  }

  private byte[] options(String transport, int port) {
    return """
    OPTIONS sip:127.0.0.1 SIP/2.0\r
    Via: SIP/2.0/%s 127.0.0.1:%d;branch=z9hG4bKprobe%d;rport\r
    Max-Forwards: 70\r
    From: <sip:probe@127.0.0.1>;tag=p%d\r
    To: <sip:127.0.0.1>\r
    Call-ID: probe%d@127.0.0.1\r
    CSeq: 1 OPTIONS\r
    Content-Length: 0\r
    \r
    """
        .formatted(transport, port, asked, asked, asked)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    thrower.close();
    asker.close();
  }
}
