package io.tipring.app;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// The addresses to listen on.
final class Binds {
  private Binds() {}

  /// Leaves out IPv6 addresses on a machine that has no IPv6, and `0.0.0.0` beside `::`: the JDK's
  /// sockets for `::` hear IPv4 too, so that a second one finds the port taken.
  static List<InetSocketAddress> of(List<String> addresses, int port) {
    boolean ipv6 = hasIpv6();
    List<InetAddress> usable =
        addresses.stream()
            .map(InetAddress::ofLiteral)
            .filter(address -> ipv6 || !(address instanceof Inet6Address))
            .toList();
    boolean hearsAll =
        usable.stream()
            .anyMatch(address -> address instanceof Inet6Address && address.isAnyLocalAddress());
    return usable.stream()
        .filter(address ->
            !(hearsAll && address instanceof Inet4Address && address.isAnyLocalAddress()))
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  static boolean hasIpv6() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(address -> address instanceof Inet6Address);
    } catch (SocketException _) {
      return false;
    }
  }
}
