package io.tipring.wire.sip;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names of headers: compact forms, and one shared string for each name in common use.
final class HeaderNames {
  private static final List<String> COMMON =
      List.of(
          """
          Via From To Call-ID CSeq Contact Max-Forwards Content-Length Content-Type Route Record-Route Allow
          Supported Require Proxy-Require Unsupported User-Agent Server Expires Min-Expires Session-Expires
          Min-SE Authorization WWW-Authenticate Proxy-Authorization Proxy-Authenticate Authentication-Info
          Accept Accept-Encoding Accept-Language Allow-Events Event Subscription-State Refer-To Referred-By
          Replaces RAck RSeq Reason Date Timestamp Subject Warning Retry-After P-Asserted-Identity
          P-Preferred-Identity Privacy Diversion History-Info Path Service-Route Content-Encoding
          Content-Disposition Organization Priority Alert-Info Call-Info Error-Info In-Reply-To MIME-Version
          Reply-To Content-Language Identity X-Tipring-Call\
          """
              .split("\\s+"));
  private static final List<List<String>> BY_LENGTH = byLength();
  private static final Map<String, String> SHARED = shared();

  private HeaderNames() {}

  /// The full name of a compact form (RFC 3261 7.3.3 and the IANA registry); any other name is
  /// returned as it is.
  static String expand(String name) {
    if (name.length() != 1) {
      return name;
    }
    return switch (name.charAt(0)) {
      case 'a', 'A' -> "Accept-Contact";
      case 'b', 'B' -> "Referred-By";
      case 'c', 'C' -> "Content-Type";
      case 'd', 'D' -> "Request-Disposition";
      case 'e', 'E' -> "Content-Encoding";
      case 'f', 'F' -> "From";
      case 'i', 'I' -> "Call-ID";
      case 'j', 'J' -> "Reject-Contact";
      case 'k', 'K' -> "Supported";
      case 'l', 'L' -> "Content-Length";
      case 'm', 'M' -> "Contact";
      case 'n', 'N' -> "Identity-Info";
      case 'o', 'O' -> "Event";
      case 'r', 'R' -> "Refer-To";
      case 's', 'S' -> "Subject";
      case 't', 'T' -> "To";
      case 'u', 'U' -> "Allow-Events";
      case 'v', 'V' -> "Via";
      case 'x', 'X' -> "Session-Expires";
      case 'y', 'Y' -> "Identity";
      default -> name;
    };
  }

  static boolean same(String a, String b) {
    if (a.length() == b.length()) {
      return a.equalsIgnoreCase(b);
    }
    return (a.length() == 1 || b.length() == 1) && expand(a).equalsIgnoreCase(expand(b));
  }

  /// The shared string of a name in common use, however it was written; any other name is returned
  /// as it is.
  static String canonical(String name) {
    String shared = SHARED.get(name);
    if (shared != null) {
      return shared;
    }
    String full = expand(name);
    if (full.length() < BY_LENGTH.size()) {
      List<String> candidates = BY_LENGTH.get(full.length());
      for (String candidate : candidates) {
        if (candidate.equalsIgnoreCase(full)) {
          return candidate;
        }
      }
    }
    return full;
  }

  /// The name in `[from, end)` of a text: a shared string where there is one.
  static String intern(String text, int from, int end) {
    int length = end - from;
    if (length < BY_LENGTH.size()) {
      for (String name : BY_LENGTH.get(length)) {
        if (text.startsWith(name, from)) {
          return name;
        }
      }
    }
    return text.substring(from, end);
  }

  private static Map<String, String> shared() {
    var map = new LinkedHashMap<String, String>();
    COMMON.forEach(name -> map.put(name, name));
    return map;
  }

  private static List<List<String>> byLength() {
    int longest = COMMON.stream().mapToInt(String::length).max().orElse(0);
    var lists = new ArrayList<List<String>>();
    for (int length = 0; length <= longest; length++) {
      int wanted = length;
      lists.add(COMMON.stream().filter(n -> n.length() == wanted).toList());
    }
    return List.copyOf(lists);
  }
}
