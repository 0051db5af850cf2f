package io.tipring.wire.sip;

/// The first line of a message (RFC 3261 7.1, 7.2): one space between its parts and none elsewhere.
final class StartLine {
  private static final String VERSION = "SIP/2.0";

  private StartLine() {}

  static boolean isStatusLine(String line) {
    return line.regionMatches(true, 0, "SIP/", 0, 4);
  }

  /// Whether this is a request line of a SIP version that is not ours.
  static boolean isOtherVersion(String line) {
    int space = line.lastIndexOf(' ');
    int version = space + 1;
    return space > 0
        && line.regionMatches(true, version, "SIP/", 0, 4)
        && !line.regionMatches(true, version, VERSION, 0, VERSION.length())
        && isNumber(line, version + 4);
  }

  /// `1*DIGIT "." 1*DIGIT` to the end of the line.
  private static boolean isNumber(String line, int from) {
    int dot = CharClass.DIGIT.endOf(line, from, line.length());
    return dot > from
        && dot + 1 < line.length()
        && line.charAt(dot) == '.'
        && CharClass.DIGIT.endOf(line, dot + 1, line.length()) == line.length();
  }

  static Method method(String line) {
    int space = line.indexOf(' ');
    String token = space < 0 ? line : line.substring(0, space);
    if (space <= 0 || !CharClass.TOKEN.containsAll(token)) {
      throw new SipSyntaxException("Request-Line", "no method");
    }
    return Method.of(token);
  }

  static Uri uri(String line) {
    int from = line.indexOf(' ') + 1;
    int end = line.lastIndexOf(' ');
    if (end < from) {
      throw new SipSyntaxException("Request-Line", "not method, URI and version");
    }
    if (!line.substring(end + 1).equalsIgnoreCase(VERSION)) {
      throw new SipSyntaxException("Request-Line", "does not end with the version");
    }
    if (from == end || line.charAt(from) == ' ' || line.charAt(end - 1) == ' ') {
      throw new SipSyntaxException("Request-Line", "more than one space between its parts");
    }
    Uri uri = UriParser.parse(line, from, end, "Request-URI");
    if (uri instanceof SipUri sip && !sip.headers().isEmpty()) {
      // RFC 3261 19.1.1, table 1: no headers in a Request-URI.
      throw new SipSyntaxException("Request-URI", "headers in it");
    }
    return uri;
  }

  static int status(String line) {
    int from = VERSION.length() + 1;
    boolean shaped =
        line.regionMatches(true, 0, VERSION, 0, VERSION.length())
            && line.length() >= from + 3
            && line.charAt(from - 1) == ' '
            && CharClass.DIGIT.endOf(line, from, line.length()) == from + 3
            && (line.length() == from + 3 || line.charAt(from + 3) == ' ');
    if (!shaped) {
      throw new SipSyntaxException("Status-Line", "not version, three digits and phrase");
    }
    int status = Integer.parseInt(line, from, from + 3, 10);
    if (status < 100 || status > 699) {
      throw new SipSyntaxException("Status-Line", "status outside 100 to 699");
    }
    return status;
  }

  static String reason(String line) {
    String reason = line.substring(Math.min(VERSION.length() + 5, line.length()));
    for (int i = 0; i < reason.length(); i++) {
      char c = reason.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7F) {
        throw new SipSyntaxException("Status-Line", "a control character in the phrase");
      }
    }
    return reason;
  }
}
