package io.tipring.wire.sip;

import java.util.OptionalInt;

/// `host [ ":" port ]`. The host is a name, an IPv4 address, or an IPv6 address in its brackets, as
/// it was written.
public record HostPort(String host, OptionalInt port) {
  public HostPort {
    if (!isHost(host)) {
      throw new SipSyntaxException("host", "not a host name or address");
    }
    if (port.isPresent() && (port.getAsInt() < 0 || port.getAsInt() > 65_535)) {
      throw new SipSyntaxException("port", "above 65535");
    }
  }

  public static HostPort of(String host) {
    return new HostPort(host, OptionalInt.empty());
  }

  public static HostPort of(String host, int port) {
    return new HostPort(host, OptionalInt.of(port));
  }

  /// The host and port of a socket address: an IPv6 address gets its brackets.
  public static HostPort ofAddress(String address, int port) {
    return of(
        address.indexOf(':') >= 0 && !address.startsWith("[") ? "[" + address + "]" : address,
        port);
  }

  public boolean isIpv6() {
    return host.startsWith("[");
  }

  /// The host without the brackets of an IPv6 address, as resolvers take it.
  public String address() {
    // RFC 5118 4.10: three colons mean two.
    return isIpv6() ? host.substring(1, host.length() - 1).replace(":::", "::") : host;
  }

  static boolean isHost(String host) {
    if (host.startsWith("[")) {
      return host.endsWith("]") && Ipv6.isAddress(host, 1, host.length() - 1);
    }
    return CharClass.HOSTNAME.containsAll(host);
  }

  @Override
  public String toString() {
    return port.isPresent() ? host + ":" + port.getAsInt() : host;
  }
}
