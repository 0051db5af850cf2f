package io.tipring.edge.control;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a URL says about a connection: RFC 6455 3, and `http` and `https` for the same.
///
/// @param host a name or an address, without brackets
/// @param authority for `Host`: without a port that goes without saying
/// @param resource the path and query of the first line
record Target(boolean secure, String host, int port, String authority, String resource) {
  private static final int LARGEST_PORT = 65_535;

  /// Names of containers may have an underscore, which RFC 3986 would not call a server's.
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)(:(?<port>\\d{1,5})?)?");

  /// @throws IllegalArgumentException that says what is wrong with the URL
  static Target of(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    boolean secure =
        switch (scheme) {
          case "ws", "http" -> false;
          case "wss", "https" -> true;
          default ->
              throw new IllegalArgumentException("the URL must begin with ws, wss, http or https");
        };
    String authority = url.getRawAuthority();
    if (authority == null) {
      throw new IllegalArgumentException("the URL names no host");
    }
    if (authority.contains("@")) {
      throw new IllegalArgumentException(
          "the URL must not hold a user and password; configure a token");
    }
    if (url.getRawFragment() != null) {
      throw new IllegalArgumentException("the URL must not hold a fragment (RFC 6455 3)");
    }
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "the URL's host must be an address, or a name of ASCII letters (xn--...)");
    }
    String host = parts.group("host");
    int usual = secure ? 443 : 80;
    int port = Optional.ofNullable(parts.group("port")).map(Integer::parseInt).orElse(usual);
    if (port < 1 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("the URL's port must be 1 to " + LARGEST_PORT);
    }
    return new Target(
        secure,
        withoutBrackets(host),
        port,
        port == usual ? host : host + ':' + port,
        resource(url));
  }

  private static String withoutBrackets(String host) {
    if (!host.startsWith("[")) {
      return host;
    }
    String address = host.substring(1, host.length() - 1);
    try {
      return InetAddress.ofLiteral(address).getHostAddress();
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("the URL's host is no IPv6 address");
    }
  }

  /// RFC 3986 leaves letters beyond ASCII no place in a URL, but [URI] does.
  private static String resource(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = Optional.ofNullable(ascii.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
    return ascii.getRawQuery() == null ? path : path + '?' + ascii.getRawQuery();
  }

  @Override
  public String toString() {
    return (secure ? "wss://" : "ws://") + authority;
  }
}
