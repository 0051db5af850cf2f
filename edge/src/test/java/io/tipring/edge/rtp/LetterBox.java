package io.tipring.edge.rtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A datagram port whose mail a test puts in and takes out by hand.
final class LetterBox implements DatagramIo {
  record Letter(InetSocketAddress address, byte[] bytes) {}

  private final int port;
  private final Deque<Letter> arrived = new ArrayDeque<>();
  final List<Letter> sent = new ArrayList<>();
  boolean closed;
  boolean broken;

  LetterBox(int port) {
    this.port = port;
  }

  static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  void put(InetSocketAddress source, byte[] bytes) {
    arrived.add(new Letter(source, bytes));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public @Nullable InetSocketAddress receive(ByteBuffer into) {
    Letter letter = arrived.poll();
    if (letter == null) {
      return null;
    }
    into.put(letter.bytes, 0, Math.min(letter.bytes.length, into.remaining()));
    return letter.address;
  }

  @Override
  public boolean send(ByteBuffer datagram, InetSocketAddress target) {
    if (broken) {
      return false;
    }
    int from = datagram.arrayOffset() + datagram.position();
    sent.add(
        new Letter(
            target, Arrays.copyOfRange(datagram.array(), from, from + datagram.remaining())));
    return true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
