package io.tipring.app;

import io.tipring.edge.net.OwnAddress;
import io.tipring.edge.rtp.UdpNetwork;
import io.tipring.media.spec.MediaPlane.Family;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where sound is taken: at the addresses where SIP is, since a caller who reached us there can
/// send its sound there too.
///
/// @param ipv4 one address, or the wildcard
/// @param ipv6 likewise
/// @param families those that callers may use
record MediaBinds(InetAddress ipv4, InetAddress ipv6, List<Family> families) {
  private static final int ANY_PORT = 0;

  /// @param sip where SIP listens, one address at least
  static MediaBinds of(List<InetSocketAddress> sip) {
    Optional<InetAddress> ipv6 = first(sip, Inet6Address.class);
    boolean hearsAll =
        ipv6.filter(InetAddress::isAnyLocalAddress).isPresent(); // `::` hears IPv4 too
    Optional<InetAddress> ipv4 =
        hearsAll ? Optional.of(InetAddress.ofLiteral("0.0.0.0")) : first(sip, Inet4Address.class);
    List<Family> families = new ArrayList<>();
    ipv4.ifPresent(_ -> families.add(Family.IPV4));
    ipv6.ifPresent(_ -> families.add(Family.IPV6));
    return new MediaBinds(
        ipv4.orElse(InetAddress.ofLiteral("127.0.0.1")),
        ipv6.orElse(InetAddress.ofLiteral("::1")),
        families);
  }

  UdpNetwork network() {
    return new UdpNetwork(ipv4, ipv6);
  }

  /// What SDP calls us: sound that is taken at one address only must not be sent to another one
  /// that leads to the same machine.
  OwnAddress named(OwnAddress own) {
    return (_, remote) ->
        own.towards(
            new InetSocketAddress(remote instanceof Inet6Address ? ipv6 : ipv4, ANY_PORT), remote);
  }

  /// Of several addresses of a family the wildcard, since sound may have to come to any of them.
  private static Optional<InetAddress> first(
      List<InetSocketAddress> sip, Class<? extends InetAddress> family) {
    List<InetAddress> addresses =
        sip.stream().map(InetSocketAddress::getAddress).filter(family::isInstance).toList();
    if (addresses.size() > 1) {
      return Optional.of(InetAddress.ofLiteral(family == Inet6Address.class ? "::" : "0.0.0.0"));
    }
    return addresses.stream().findFirst();
  }
}
