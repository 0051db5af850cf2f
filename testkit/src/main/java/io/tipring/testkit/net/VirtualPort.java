package io.tipring.testkit.net;

import io.tipring.edge.rtp.DatagramIo;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A virtual UDP port as RTP sessions take it.
final class VirtualPort implements DatagramIo {
  private final DatagramSocket socket;

  VirtualPort(DatagramSocket socket) {
    this.socket = socket;
  }

  @Override
  public int port() {
    return socket.local().getPort();
  }

  @Override
  public @Nullable InetSocketAddress receive(ByteBuffer into) {
    Datagram datagram = socket.poll();
    if (datagram == null) {
      return null;
    }
    into.put(datagram.payload(), 0, Math.min(into.remaining(), datagram.payload().length));
    return datagram.from();
  }

  @Override
  public boolean send(ByteBuffer datagram, InetSocketAddress target) {
    byte[] payload = new byte[datagram.remaining()];
    datagram.get(payload);
    socket.send(payload, target);
    return true;
  }

  @Override
  public void close() {
    socket.close();
  }
}
