package io.tipring.conformance.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.function.BiConsumer;

/// A datagram socket on 127.0.0.1 with a thread that hands on what comes.
final class Socket implements AutoCloseable {
  private final DatagramSocket socket;

  Socket(String name, BiConsumer<byte[], InetSocketAddress> received) {
    try {
      socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("relay " + name).start(() -> receive(received));
  }

  int port() {
    return socket.getLocalPort();
  }

  void send(byte[] bytes, InetSocketAddress to) {
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, to));
    } catch (IOException _) {
      // Closed, or nobody is there any more: a datagram may always be lost.
    }
  }

  private void receive(BiConsumer<byte[], InetSocketAddress> received) {
    byte[] buffer = new byte[65_536];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        received.accept(
            Arrays.copyOf(buffer, packet.getLength()),
            (InetSocketAddress) packet.getSocketAddress());
      } catch (IOException _) {
        // Closed, or an ICMP error for something sent before.
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
