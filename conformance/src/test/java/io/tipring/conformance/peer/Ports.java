package io.tipring.conformance.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Port numbers that nobody uses at the moment.
public final class Ports {
  private Ports() {}

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
