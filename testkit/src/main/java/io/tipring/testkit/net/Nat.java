package io.tipring.testkit.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A router that shows all its inside hosts to the world under one address (RFC 4787). Whoever is
/// outside reaches them through it, or not at all.
public final class Nat {
  private static final int FIRST_PORT = 40_000;
  private static final int PORTS = 20_000;

  /// Who may answer through a mapping, and how many there are.
  public enum Kind {
    /// One mapping per inside port; anybody may send to it.
    FULL_CONE,
    /// One mapping per inside port; only those it has sent to may send to it.
    PORT_RESTRICTED,
    /// A mapping per inside port and destination; only that destination may send to it.
    SYMMETRIC
  }

  private final InetAddress outside;
  private final Kind kind;
  private final long timeoutNanos;
  private final List<Mapping> mappings = new ArrayList<>();
  private final Map<Integer, InetSocketAddress> forwarded = new LinkedHashMap<>();
  private int nextPort;

  /// @param timeout a mapping without outbound traffic for this long is forgotten
  Nat(InetAddress outside, Kind kind, Duration timeout) {
    this.outside = outside;
    this.kind = kind;
    this.timeoutNanos = timeout.toNanos();
  }

  /// Its own address, the one that the world sees.
  public InetAddress outside() {
    return outside;
  }

  /// What comes to the ports `first` to `last` goes to the same ports of `host`, whoever sends it,
  /// and what `host` sends from them leaves under the same number: what an operator sets up for a
  /// server. Stays when the router restarts.
  public void forward(int first, int last, InetAddress host) {
    for (int port = first; port <= last; port++) {
      forwarded.put(port, new InetSocketAddress(host, port));
    }
  }

  /// What `inside` looks like to `to`; makes or refreshes the mapping.
  InetSocketAddress outbound(InetSocketAddress inside, InetSocketAddress to, long nowNanos) {
    if (inside.equals(forwarded.get(inside.getPort()))) {
      return new InetSocketAddress(outside, inside.getPort());
    }
    expire(nowNanos);
    Mapping mapping =
        mappings.stream()
            .filter(
                m -> m.inside.equals(inside) && (kind != Kind.SYMMETRIC || m.sentTo.contains(to)))
            .findFirst()
            .orElseGet(() -> map(inside));
    mapping.usedNanos = nowNanos;
    if (!mapping.sentTo.contains(to)) {
      mapping.sentTo.add(to);
    }
    return new InetSocketAddress(outside, mapping.port);
  }

  /// Which inside host gets what `from` sent to `port`; empty when nobody does.
  Optional<InetSocketAddress> inbound(int port, InetSocketAddress from, long nowNanos) {
    if (forwarded.containsKey(port)) {
      return Optional.of(forwarded.get(port));
    }
    expire(nowNanos);
    return mappings.stream()
        .filter(m -> m.port == port && (kind == Kind.FULL_CONE || m.sentTo.contains(from)))
        .map(m -> m.inside)
        .findFirst();
  }

  /// The router restarts: all mappings but the forwarded ones are gone, new ones get other ports.
  public void restart() {
    mappings.clear();
  }

  private Mapping map(InetSocketAddress inside) {
    Mapping mapping = new Mapping(inside, freePort());
    mappings.add(mapping);
    return mapping;
  }

  private int freePort() {
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + nextPort;
      nextPort = (nextPort + 1) % PORTS;
      if (!forwarded.containsKey(port) && mappings.stream().noneMatch(m -> m.port == port)) {
        return port;
      }
    }
    throw new IllegalStateException("the NAT has no free port among " + PORTS);
  }

  private void expire(long nowNanos) {
    mappings.removeIf(m -> nowNanos - m.usedNanos > timeoutNanos);
  }

  private static final class Mapping {
    final InetSocketAddress inside;
    final int port;
    final List<InetSocketAddress> sentTo = new ArrayList<>();
    long usedNanos;

    Mapping(InetSocketAddress inside, int port) {
      this.inside = inside;
      this.port = port;
    }
  }
}
