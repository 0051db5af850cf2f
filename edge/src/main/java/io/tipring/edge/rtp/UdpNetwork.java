package io.tipring.edge.rtp;

import io.tipring.media.spec.MediaPlane.Family;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/// UDP sockets of the operating system for media.
///
/// @param ipv4 where IPv4 ports are bound; `0.0.0.0` for everywhere
/// @param ipv6 where IPv6 ports are bound; `::` for everywhere
public record UdpNetwork(InetAddress ipv4, InetAddress ipv6) implements DatagramNetwork {
  /// 0.7 s of G.711 at the kernel's accounting of small packets, times ten: a stopped world must
  /// not lose sound.
  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

  /// Expedited forwarding (RFC 3246), shifted as IP_TOS wants it.
  private static final int EXPEDITED = 46 << 2;

  public static UdpNetwork loopback() {
    return new UdpNetwork(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
  }

  @Override
  public DatagramIo bind(Family family, int port) throws IOException {
    DatagramChannel channel =
        DatagramChannel.open(
            switch (family) {
              case IPV4 -> StandardProtocolFamily.INET;
              case IPV6 -> StandardProtocolFamily.INET6;
            });
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED);
      channel.bind(
          new InetSocketAddress(
              switch (family) {
                case IPV4 -> ipv4;
                case IPV6 -> ipv6;
              },
              port));
      return new UdpPort(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
