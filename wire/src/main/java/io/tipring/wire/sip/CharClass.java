package io.tipring.wire.sip;

/// The character classes of RFC 3261 25.1, each a bit set over ASCII.
enum CharClass {
  DIGIT("0123456789"),
  HEX_DIGIT("0123456789abcdefABCDEF"),
  ALPHANUM(Letters.ALPHANUM),
  UNRESERVED(Letters.UNRESERVED),
  TOKEN(Letters.ALPHANUM + "-.!%*_+`'~"),
  SCHEME(Letters.ALPHANUM + "+-."),
  /// `_` is no part of RFC 1123, but container networks name their hosts so.
  HOSTNAME(Letters.ALPHANUM + "-._"),
  IPV6("0123456789abcdefABCDEF:."),
  /// `user` without escapes. `#` is illegal unescaped, and sent so by phones that dial feature
  /// codes.
  USER(Letters.UNRESERVED + "&=+$,;?/#"),
  PASSWORD(Letters.UNRESERVED + "&=+$,"),
  URI_PARAM(Letters.UNRESERVED + "[]/:&+$"),
  URI_HEADER(Letters.UNRESERVED + "[]/?:+$"),
  /// A generic parameter's bare value: `token`, `host`, and what is seen in the wild besides:
  /// padding of base64 tags, `@`, an IPv6 address without its brackets (RFC 5118 4.5).
  PARAM_VALUE(Letters.ALPHANUM + "-.!%*_+`'~[]:/@=&?$|^#(){}"),
  TEL_NUMBER("0123456789abcdefABCDEF*#+-.()"),
  /// What may stand in a URI at all (RFC 2396), brackets included.
  URI(Letters.UNRESERVED + ";/?:@&=+$,%[]#"),
  /// Everything a Call-ID can be made of: visible ASCII. The RFC's `word` is narrower, but nothing
  /// depends on it.
  VISIBLE(Letters.visible());

  /// One bit a character: 0 to 63, 64 to 127.
  private final long low;

  private final long high;

  CharClass(String characters) {
    long lower = 0;
    long upper = 0;
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      long bit = 1L << (c & 63);
      lower |= c < 64 ? bit : 0;
      upper |= c < 64 ? 0 : bit;
    }
    low = lower;
    high = upper;
  }

  boolean contains(char c) {
    return c < 128 && (((c < 64 ? low : high) >>> (c & 63)) & 1) != 0;
  }

  /// Whether the text is not empty and made of this class alone.
  boolean containsAll(String text) {
    return !text.isEmpty() && endOf(text, 0, text.length()) == text.length();
  }

  /// The index of the first character in `[from, end)` that is not of this class, or `end`.
  int endOf(String text, int from, int end) {
    int i = from;
    while (i < end && contains(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static final class Letters {
    static final String ALPHANUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    static final String UNRESERVED = ALPHANUM + "-_.!~*'()";

    static String visible() {
      var all = new StringBuilder();
      for (char c = 0x21; c < 0x7F; c++) {
        all.append(c);
      }
      return all.toString();
    }
  }
}
