package io.tipring.testkit.net;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A bound UDP port of a virtual host. What arrives waits in a bounded buffer until polled, or goes
/// to a listener at once.
public final class DatagramSocket implements AutoCloseable {
  /// As a kernel's receive buffer would: what comes when it is full is lost.
  private static final int BUFFERED = 512;

  private final Network network;
  private final InetSocketAddress local;
  private final ArrayDeque<Datagram> arrived = new ArrayDeque<>();
  private @Nullable Consumer<Datagram> listener;
  private boolean closed;
  private long overflowed;

  DatagramSocket(Network network, InetSocketAddress local) {
    this.network = network;
    this.local = local;
  }

  public InetSocketAddress local() {
    return local;
  }

  /// Hands everything that arrives from now on to `consumer`, in the moment of arrival.
  public void listen(Consumer<Datagram> consumer) {
    listener = consumer;
  }

  /// Sends; a closed socket swallows it.
  public void send(byte[] payload, InetSocketAddress to) {
    if (!closed) {
      network.send(new Datagram(local, to, payload));
    }
  }

  /// The oldest datagram that has arrived, or null.
  public @Nullable Datagram poll() {
    return arrived.poll();
  }

  /// Datagrams lost because nobody polled.
  public long overflowed() {
    return overflowed;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      arrived.clear();
      network.unbind(this);
    }
  }

  void deliver(Datagram datagram) {
    if (listener != null) {
      listener.accept(datagram);
    } else if (arrived.size() < BUFFERED) {
      arrived.add(datagram);
    } else {
      overflowed++;
    }
  }
}
