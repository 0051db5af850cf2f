package io.tipring.edge.rtp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A bound datagram port that never blocks: a UDP socket in production, a port of the virtual
/// network in the World. Owned by one thread at a time.
public interface DatagramIo {
  /// The local UDP port.
  int port();

  /// Takes the next datagram that has arrived. What does not fit `into` is cut off.
  ///
  /// @param into filled from its position on; not flipped
  /// @return where it came from, or null when none is waiting
  @Nullable InetSocketAddress receive(ByteBuffer into);

  /// When the oldest datagram that waits was noticed: jitter is measured by it. Ports that cannot
  /// tell say now.
  default long noticedNanos(long nowNanos) {
    return nowNanos;
  }

  /// Sends what remains in `datagram` and uses it up.
  ///
  /// @return false when the network would not take it (full, unreachable, closed); the datagram is
  ///   lost
  boolean send(ByteBuffer datagram, InetSocketAddress target);

  /// Gives the port back to the network. Closing twice is no news.
  void close();
}
