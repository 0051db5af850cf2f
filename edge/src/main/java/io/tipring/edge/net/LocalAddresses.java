package io.tipring.edge.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What we call ourselves towards a peer: the address in Via, Contact and SDP is chosen per
/// destination (DECISIONS 34). Owner: the lane; asking the routing table is a system call that
/// sends nothing and waits for nothing.
public final class LocalAddresses implements OwnAddress {
  private static final int REMEMBERED = 10_000;

  private final List<InetAddress> advertised;
  private final Predicate<InetAddress> near;
  private final Map<InetAddress, String> routes =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// @param advertised what peers that are not near reach us by, at most one of each family
  /// @param near whether the address that routing tells is good for that peer
  public LocalAddresses(List<InetAddress> advertised, Predicate<InetAddress> near) {
    this.advertised = List.copyOf(advertised);
    this.near = near;
  }

  @Override
  public String towards(InetSocketAddress bound, InetAddress remote) {
    if (!near.test(remote)) {
      for (InetAddress named : advertised) {
        if (named instanceof Inet6Address == remote instanceof Inet6Address) {
          return literal(named);
        }
      }
    }
    if (!bound.getAddress().isAnyLocalAddress()) {
      return literal(bound.getAddress());
    }
    return routes.computeIfAbsent(remote, LocalAddresses::route);
  }

  /// Loopback, link-local and private addresses (RFC 1918, RFC 4193) are on our side of any NAT.
  public static boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc);
  }

  private static String route(InetAddress remote) {
    try (DatagramChannel probe = DatagramChannel.open()) {
      probe.connect(new InetSocketAddress(remote, 9));
      return literal(((InetSocketAddress) probe.getLocalAddress()).getAddress());
    } catch (IOException noRoute) {
      return literal(InetAddress.getLoopbackAddress());
    }
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
