package io.tipring.edge.rtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/// A bound, non-blocking UDP socket. While it is registered with a selector, [#receive] asks the
/// kernel only after the selector said that something is there: an empty read costs 0.4 us, and
/// most reads of a tick would be empty.
final class UdpPort implements DatagramIo {
  private final DatagramChannel channel;
  private final int port;
  private @Nullable SelectionKey key;
  private boolean readable;
  private long noticedNanos;

  UdpPort(DatagramChannel channel) throws IOException {
    this.channel = channel;
    this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  @Override
  public int port() {
    return port;
  }

  /// From now on the selector's thread, which calls this, owns the port. A port that is closed
  /// stays unheard.
  void register(Selector selector, long nowNanos) {
    try {
      SelectionKey stale = channel.keyFor(selector);
      if (stale != null && !stale.isValid()) {
        // It was here before and comes back before the selector has let go of its old key.
        select(selector, nowNanos);
      }
      key = channel.register(selector, SelectionKey.OP_READ, this);
      // What came before the registration is not lost.
      markReadable(nowNanos);
    } catch (ClosedChannelException _) {
      readable = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks the selector once, and lets every port know that has something.
  static void select(Selector selector, long nowNanos) throws IOException {
    selector.selectNow(key -> {
      if (key.attachment() instanceof UdpPort port) {
        port.markReadable(nowNanos);
      }
    });
  }

  /// Takes the port off its selector, for another owner. The key is gone after the selector's next
  /// select.
  void deregister() {
    if (key != null) {
      key.cancel();
      key = null;
    }
  }

  /// The selector said that something is there.
  private void markReadable(long nowNanos) {
    if (!readable) {
      readable = true;
      noticedNanos = nowNanos;
    }
  }

  @Override
  public long noticedNanos(long nowNanos) {
    return key != null && readable ? noticedNanos : nowNanos;
  }

  @Override
  public @Nullable InetSocketAddress receive(ByteBuffer into) {
    if (key != null && !readable) {
      return null;
    }
    try {
      InetSocketAddress source = (InetSocketAddress) channel.receive(into);
      readable = source != null;
      return source;
    } catch (IOException _) {
      // Closed under us, or an ICMP error of an earlier send: nothing is waiting.
      readable = false;
      return null;
    }
  }

  @Override
  public boolean send(ByteBuffer datagram, InetSocketAddress target) {
    try {
      return channel.send(datagram, target) > 0;
    } catch (IOException | IllegalArgumentException _) {
      // No route, or IPv6 from an IPv4 socket (UnsupportedAddressTypeException).
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Closing a datagram socket has nothing left to fail for: it is gone either way.
    }
  }
}
