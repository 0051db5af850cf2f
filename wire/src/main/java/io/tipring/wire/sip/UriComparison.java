package io.tipring.wire.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// When two SIP URIs are the same (RFC 3261 19.1.4).
final class UriComparison {
  /// Parameters that make a difference even when only one of the two URIs has them.
  private static final List<String> DECISIVE =
      List.of("user", "ttl", "method", "maddr", "transport");

  private UriComparison() {}

  static boolean same(SipUri a, SipUri b) {
    return a.secure() == b.secure()
        && a.user().map(Escapes::comparable).equals(b.user().map(Escapes::comparable))
        && a.at().host().equalsIgnoreCase(b.at().host())
        && a.at().port().equals(b.at().port())
        && sameParams(a.params(), b.params())
        && sameParams(b.params(), a.params())
        && sameHeaders(a.headers(), b.headers());
  }

  private static boolean sameParams(Params mine, Params theirs) {
    for (Param p : mine.list()) {
      String name = p.comparableName();
      Param match = find(theirs.list(), name);
      if (match == null ? DECISIVE.contains(name) : !sameText(p.text(), match.text())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameHeaders(List<Param> mine, List<Param> theirs) {
    if (mine.size() != theirs.size()) {
      return false;
    }
    return mine.stream()
        .allMatch(h -> {
          Param match = find(theirs, h.comparableName());
          return match != null && sameText(h.text(), match.text());
        });
  }

  private static @Nullable Param find(List<Param> params, String comparableName) {
    for (Param p : params) {
      if (p.comparableName().equals(comparableName)) {
        return p;
      }
    }
    return null;
  }

  private static boolean sameText(String a, String b) {
    return Escapes.comparable(a).equalsIgnoreCase(Escapes.comparable(b));
  }
}
