package io.tipring.wire.sdp;

/// The space-separated fields of a line.
final class Fields {
  /// Longer numbers are an attack on whoever computes with them.
  private static final int MAX_DIGITS = 30;

  private Fields() {}

  /// Exactly one space stands between fields (RFC 8866 9); a trailing one is forgiven, some phones
  /// leave it.
  static String[] split(String value, char type) {
    String[] fields = value.stripTrailing().split(" ", -1);
    for (String field : fields) {
      if (field.isEmpty()) {
        throw new SdpSyntaxException(type + "= has an empty field");
      }
    }
    return fields;
  }

  static String digits(String text, String what) {
    if (!isDigits(text) || text.length() > MAX_DIGITS) {
      throw new SdpSyntaxException(what + " is not a number");
    }
    return text;
  }

  static int number(String text, int max, String what) {
    if (!isDigits(text) || text.length() > 9 || Integer.parseInt(text) > max) {
      throw new SdpSyntaxException(what + " is not a number up to " + max);
    }
    return Integer.parseInt(text);
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
