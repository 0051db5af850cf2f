package io.tipring.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks a SIP server on this machine whether it is there: an OPTIONS every 20 ms until anything
/// comes back.
final class SipPing {
  private static final int EVERY_MILLIS = 20;

  private SipPing() {}

  static void await(int port, Duration deadline) throws IOException {
    long end = System.nanoTime() + deadline.toNanos();
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(EVERY_MILLIS);
      byte[] answer = new byte[2048];
      for (int i = 0; System.nanoTime() < end; i++) {
        byte[] request =
            options(port, socket.getLocalPort(), i).getBytes(StandardCharsets.US_ASCII);
        socket.send(
            new DatagramPacket(
                request,
                request.length,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        try {
          socket.receive(new DatagramPacket(answer, answer.length));
          return;
        } catch (SocketTimeoutException _) {
          // Not yet.
        }
      }
    }
    throw new IOException("nobody answers at port " + port);
  }

  private static String options(int port, int ownPort, int number) {
    return """
    OPTIONS sip:127.0.0.1:%1$d SIP/2.0
    Via: SIP/2.0/UDP 127.0.0.1:%2$d;branch=z9hG4bKping%3$d;rport
    From: <sip:ping@127.0.0.1:%2$d>;tag=p%3$d
    To: <sip:127.0.0.1:%1$d>
    Call-ID: ping-%2$d-%3$d
    CSeq: 1 OPTIONS
    Max-Forwards: 70
    Content-Length: 0

    """
        .formatted(port, ownPort, number)
        .replace("\n", "\r\n");
  }
}
