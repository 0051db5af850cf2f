package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// Port numbers that nobody uses at the moment.
public final class Ports {
  private Ports() {}

  /// Whether this machine has an IPv6 loopback address; many containers have none.
  public static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }

  /// Whether anybody has it, as the kernel lists them; true where it does not.
  static boolean isBoundForUdp(int port) {
    Path sockets = Path.of("/proc/net/udp");
    try {
      return !Files.isReadable(sockets)
          || Files.readString(sockets).contains(":%04X ".formatted(port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Free for UDP and TCP, on every address.
  public static int free() {
    for (int attempt = 0; attempt < 100; attempt++) {
      try (ServerSocket stream = new ServerSocket(0);
          DatagramSocket datagrams = new DatagramSocket(null)) {
        datagrams.bind(new InetSocketAddress(stream.getLocalPort()));
        return stream.getLocalPort();
      } catch (java.net.BindException _) {
        // Taken for UDP: try another one.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("no port is free for both UDP and TCP");
  }
}
