package io.tipring.wire.sip;

/// `IPv6address`, by RFC 3986 3.2.2.
final class Ipv6 {
  private Ipv6() {}

  static boolean isAddress(String text, int from, int end) {
    int groups = 0;
    boolean compressed = false;
    int i = from;
    if (text.startsWith("::", i) && i + 2 <= end) {
      compressed = true;
      i += 2;
    }
    while (i < end) {
      int groupEnd = CharClass.HEX_DIGIT.endOf(text, i, end);
      if (groupEnd < end && text.charAt(groupEnd) == '.') {
        // An IPv4 address may stand for the last two groups.
        return isIpv4(text, i, end) && (compressed ? groups + 2 <= 7 : groups + 2 == 8);
      }
      if (groupEnd == i || groupEnd - i > 4) {
        return false;
      }
      groups++;
      i = groupEnd;
      if (i == end) {
        break;
      }
      if (text.charAt(i) != ':' || i + 1 == end) {
        return false;
      }
      i++;
      if (text.charAt(i) == ':') {
        if (compressed) {
          return false;
        }
        compressed = true;
        i++;
        // RFC 5118 4.10: RFC 3261's own rule writes three colons before an IPv4 address, and some
        // do.
        if (i < end && text.charAt(i) == ':' && isIpv4(text, i + 1, end)) {
          return groups + 2 <= 7;
        }
      }
    }
    return compressed ? groups <= 7 : groups == 8;
  }

  private static boolean isIpv4(String text, int from, int end) {
    int i = from;
    for (int part = 0; part < 4; part++) {
      int partEnd = CharClass.DIGIT.endOf(text, i, end);
      if (partEnd == i || partEnd - i > 3 || Integer.parseInt(text, i, partEnd, 10) > 255) {
        return false;
      }
      i = partEnd;
      if (part < 3) {
        if (i >= end || text.charAt(i) != '.') {
          return false;
        }
        i++;
      }
    }
    return i == end;
  }
}
