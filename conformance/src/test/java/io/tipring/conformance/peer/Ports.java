package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// Port numbers that nobody uses at the moment.
public final class Ports {
  private static final int FIRST = 7_000;
  private static final int LAST = 9_999;

  /// Two runs on one machine begin at different ones.
  private static int next = FIRST + (int) (ProcessHandle.current().pid() * 37 % (LAST - FIRST));

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

  /// Free for UDP and TCP, on every address, and never the same twice. Below the ports that the
  /// system and the peers give out by themselves: until the program that is told of it has started,
  /// nobody takes it by chance.
  public static synchronized int free() {
    for (int attempt = 0; attempt < LAST - FIRST; attempt++) {
      int port = next;
      next = next < LAST ? next + 1 : FIRST;
      try (ServerSocket _ = new ServerSocket(port);
          DatagramSocket datagrams = new DatagramSocket(null)) {
        datagrams.bind(new InetSocketAddress(port));
        return port;
      } catch (BindException _) {
        // Taken: try the next one.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException(
        "no port from " + FIRST + " to " + LAST + " is free for both UDP and TCP");
  }
}
