package io.tipring.wire.sip;

/// `quoted-string` (RFC 3261 25.1): text in double quotes in which a backslash takes the next
/// character literally.
final class QuotedString {
  private QuotedString() {}

  /// The text as a quoted string. Line breaks cannot be written in one.
  static String quote(String text) {
    var out = new StringBuilder(text.length() + 2);
    writeTo(out, text);
    return out.toString();
  }

  static void writeTo(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n') {
        throw new IllegalArgumentException("a quoted string cannot hold a line break");
      }
      if (c == '"' || c == '\\' || (c < 0x20 && c != '\t') || c == 0x7F) {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  /// What a quoted string, opening and closing quote included, says.
  static String unquote(String quoted) {
    int end = quoted.length() - 1;
    if (quoted.indexOf('\\') < 0) {
      return quoted.substring(1, Math.max(end, 1));
    }
    var out = new StringBuilder(quoted.length());
    for (int i = 1; i < end; i++) {
      char c = quoted.charAt(i);
      if (c == '\\' && i + 1 < end) {
        c = quoted.charAt(++i);
      }
      out.append(c);
    }
    return out.toString();
  }
}
