package io.tipring.wire.sip;

/// `comment` (RFC 3261 25.1): text in parentheses, which may hold further comments. Counted, not
/// recursed into.
final class Comments {
  private Comments() {}

  /// Refuses a value whose comments nest too deep. Parentheses that do not balance are let through:
  /// nothing depends on them.
  static void check(String header, String value, int maxDepth) {
    if (value.indexOf('(') < 0) {
      return;
    }
    int depth = 0;
    for (int i = 0; i < value.length(); i++) {
      switch (value.charAt(i)) {
        case '\\' -> i++;
        case '(' -> depth++;
        case ')' -> depth = Math.max(0, depth - 1);
        default -> {}
      }
      if (depth > maxDepth) {
        throw new SipSyntaxException(header, "comments nested deeper than " + maxDepth);
      }
    }
  }
}
