package io.tipring.wire.sip;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// `%` HEX HEX of URIs.
final class Escapes {
  private Escapes() {}

  /// The text with its escapes undone, read as UTF-8. A `%` without two hex digits stays as it is.
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int n = 0;
    for (int i = 0; i < in.length; i++) {
      int value = in[i] == '%' && i + 2 < in.length ? byteAt(in, i + 1) : -1;
      if (value >= 0) {
        out[n++] = (byte) value;
        i += 2;
      } else {
        out[n++] = in[i];
      }
    }
    return new String(out, 0, n, StandardCharsets.UTF_8);
  }

  /// The text for comparisons (RFC 3261 19.1.4): an escaped character equals itself unless it is a
  /// reserved one.
  static String comparable(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%' || i + 2 >= text.length()) {
        out.append(c);
        continue;
      }
      String escape = text.substring(i, i + 3);
      String meant = decode(escape);
      boolean plain = meant.length() == 1 && CharClass.UNRESERVED.contains(meant.charAt(0));
      out.append(plain ? meant : escape.toUpperCase(Locale.ROOT));
      i += 2;
    }
    return out.toString();
  }

  /// The text as a `user` part: everything that may not stand there is escaped.
  static String encodeUser(String text) {
    var out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (CharClass.USER.contains(c) && c != '#') {
        out.append(c);
      } else {
        out.append('%').append(hexDigit(c >> 4)).append(hexDigit(c & 15));
      }
    }
    return out.toString();
  }

  private static char hexDigit(int value) {
    return "0123456789ABCDEF".charAt(value);
  }

  private static int byteAt(byte[] in, int i) {
    int high = Character.digit(in[i], 16);
    int low = Character.digit(in[i + 1], 16);
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }
}
