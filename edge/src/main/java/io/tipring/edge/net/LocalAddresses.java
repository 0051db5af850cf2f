package io.tipring.edge.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What we call ourselves towards a peer: the address in Via, Contact and SDP is chosen per destination (DECISIONS 34).
/// Owner: the lane; asking the routing table is a system call that sends nothing and waits for nothing.
public final class LocalAddresses implements OwnAddress {
  private static final int REMEMBERED = 10_000;

  private final Optional<String> advertised;
  private final Map<InetAddress, String> routes = new LinkedHashMap<>(64, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<InetAddress, String> eldest) {
      return size() > REMEMBERED;
    }
  };

  /// @param advertised what peers outside our networks reach us by, when it is not the address that routing tells
  public LocalAddresses(Optional<String> advertised) {
    this.advertised = advertised;
  }

  @Override
  public String towards(InetSocketAddress bound, InetAddress remote) {
    if (advertised.isPresent() && !isLocal(remote)) {
      return advertised.get();
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
