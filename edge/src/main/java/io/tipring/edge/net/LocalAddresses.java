package io.tipring.edge.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// What we call ourselves towards a peer. It is chosen per destination, for a machine with several
/// networks, or behind a router, has no one address that all peers reach. Owner: the lane; asking
/// the routing table is a system call that sends nothing and waits for nothing.
public final class LocalAddresses implements OwnAddress {
  private static final int REMEMBERED = 10_000;

  /// How long an answer of the routing table is believed: a busy peer is asked about seldom, and a
  /// machine that has changed its network is itself again before its callers have given up.
  private static final long BELIEVED_NANOS = 5_000_000_000L;

  /// The system's routing table.
  @FunctionalInterface
  interface Routes {
    /// The address of ours from which packets to `remote` leave; empty without a way there.
    Optional<InetAddress> towards(InetAddress remote);
  }

  private record Route(String address, long askedNanos) {}

  private final List<InetAddress> advertised;
  private final Predicate<InetAddress> near;
  private final Routes table;
  private final LongSupplier nanos;
  private final Map<InetAddress, Route> routes =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Route> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// @param advertised what peers that are not near reach us by, at most one of each family
  /// @param near whether the address that routing tells is good for that peer
  /// @param nanos monotonic time
  public LocalAddresses(
      List<InetAddress> advertised, Predicate<InetAddress> near, LongSupplier nanos) {
    this(advertised, near, LocalAddresses::route, nanos);
  }

  LocalAddresses(
      List<InetAddress> advertised, Predicate<InetAddress> near, Routes table, LongSupplier nanos) {
    this.advertised = List.copyOf(advertised);
    this.near = near;
    this.table = table;
    this.nanos = nanos;
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
    return routed(remote);
  }

  private String routed(InetAddress remote) {
    long now = nanos.getAsLong();
    Route known = routes.get(remote);
    if (known != null && now - known.askedNanos < BELIEVED_NANOS) {
      return known.address;
    }
    Optional<InetAddress> found = table.towards(remote);
    if (found.isEmpty()) {
      // No network at all, which may be over in a moment: nothing to remember.
      routes.remove(remote);
      return literal(InetAddress.getLoopbackAddress());
    }
    Route route = new Route(literal(found.get()), now);
    routes.put(remote, route);
    return route.address;
  }

  /// Loopback, link-local and private addresses (RFC 1918, RFC 4193) are on our side of any NAT.
  public static boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || (address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc);
  }

  private static Optional<InetAddress> route(InetAddress remote) {
    try (DatagramChannel probe = DatagramChannel.open()) {
      probe.connect(new InetSocketAddress(remote, 9));
      return Optional.of(((InetSocketAddress) probe.getLocalAddress()).getAddress());
    } catch (IOException _) {
      return Optional.empty(); // that is what the system says when there is no route
    }
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
