package io.tipring.wire.sdp;

import java.util.Optional;

/// A literal IPv4 or IPv6 address. Kept as it was written; nothing is ever looked up.
public record IpAddress(Family family, String text) {
  private static final int IPV6_GROUPS = 8;

  /// The `addrtype` of RFC 8866 5.7.
  public enum Family {
    IPV4("IP4"),
    IPV6("IP6");

    private final String token;

    Family(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }

  public IpAddress {
    boolean valid =
        switch (family) {
          case IPV4 -> isIpv4(text);
          case IPV6 -> isIpv6(text);
        };
    if (!valid) {
      throw new IllegalArgumentException("not an " + family.token() + " address: " + text);
    }
  }

  /// Empty when `text` is no literal, a host name for instance.
  public static Optional<IpAddress> parse(String text) {
    if (isIpv4(text)) {
      return Optional.of(new IpAddress(Family.IPV4, text));
    }
    return isIpv6(text) ? Optional.of(new IpAddress(Family.IPV6, text)) : Optional.empty();
  }

  /// `0.0.0.0` or `::`: send nothing here (RFC 3264 8.4).
  public boolean isUnspecified() {
    return switch (family) {
      case IPV4 -> text.equals("0.0.0.0");
      case IPV6 -> text.chars().allMatch(c -> c == ':' || c == '0' || c == '.');
    };
  }

  /// 224.0.0.0/4 or ff00::/8.
  public boolean isMulticast() {
    return switch (family) {
      case IPV4 -> {
        int first = Integer.parseInt(text.substring(0, text.indexOf('.')));
        yield first >= 224 && first <= 239;
      }
      case IPV6 ->
          text.length() >= 4 && text.regionMatches(true, 0, "ff", 0, 2) && text.indexOf(':') == 4;
    };
  }

  private static boolean isIpv4(String text) {
    int octets = 0;
    int start = 0;
    while (true) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      if (!isOctet(text, start, end)) {
        return false;
      }
      octets++;
      if (dot < 0) {
        return octets == 4;
      }
      start = dot + 1;
    }
  }

  private static boolean isOctet(String text, int start, int end) {
    if (end - start < 1 || end - start > 3) {
      return false;
    }
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = value * 10 + digit;
    }
    return value <= 255;
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == IPV6_GROUPS;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    // An embedded IPv4 address may stand only at the very end (RFC 4291 2.2).
    String before = text.substring(0, gap);
    int left = before.isEmpty() ? 0 : before.indexOf('.') >= 0 ? -1 : groups(before);
    int right = gap + 2 == text.length() ? 0 : groups(text.substring(gap + 2));
    return left >= 0 && right >= 0 && left + right < IPV6_GROUPS;
  }

  /// How many 16-bit groups stand in `text`, -1 when one of them is wrong.
  private static int groups(String text) {
    int count = 0;
    int start = 0;
    while (true) {
      int colon = text.indexOf(':', start);
      int end = colon < 0 ? text.length() : colon;
      if (colon < 0 && text.indexOf('.', start) >= 0) {
        return isIpv4(text.substring(start)) ? count + 2 : -1;
      }
      if (!isHexGroup(text, start, end)) {
        return -1;
      }
      count++;
      if (colon < 0) {
        return count;
      }
      start = colon + 1;
    }
  }

  private static boolean isHexGroup(String text, int start, int end) {
    if (end - start < 1 || end - start > 4) {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
