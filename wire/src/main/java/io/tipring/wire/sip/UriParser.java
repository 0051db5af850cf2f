package io.tipring.wire.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads a URI whose extent is known: the reader of the surrounding header knows where it ends.
final class UriParser {
  private UriParser() {}

  static Uri parse(String text, int from, int end, String header) {
    int colon = CharClass.SCHEME.endOf(text, from, end);
    if (colon == from || colon >= end || text.charAt(colon) != ':') {
      throw new SipSyntaxException(header, "URI without a scheme");
    }
    int length = colon - from;
    int rest = colon + 1;
    if (length == 3 && text.regionMatches(true, from, "sip", 0, 3)) {
      return sip(false, text, rest, end, header);
    }
    if (length == 4 && text.regionMatches(true, from, "sips", 0, 4)) {
      return sip(true, text, rest, end, header);
    }
    if (length == 3 && text.regionMatches(true, from, "tel", 0, 3)) {
      return tel(text, rest, end, header);
    }
    if (rest == end || CharClass.URI.endOf(text, rest, end) != end) {
      throw new SipSyntaxException(header, "a character that no URI can have");
    }
    return new OtherUri(text.substring(from, colon), text.substring(rest, end));
  }

  private static SipUri sip(boolean secure, String text, int from, int end, String header) {
    // '@' stands nowhere but after the user part, which may itself hold ';' and '?': so it is
    // looked for first.
    int atSign = text.indexOf('@', from, end);
    Optional<String> user = Optional.empty();
    int host = from;
    if (atSign >= 0) {
      requireUserInfo(text, from, atSign, header);
      user = Optional.of(text.substring(from, atSign));
      host = atSign + 1;
    }
    int question = text.indexOf('?', host, end);
    int paramsEnd = question < 0 ? end : question;
    int semicolon = text.indexOf(';', host, paramsEnd);
    int hostEnd = semicolon < 0 ? paramsEnd : semicolon;
    HostPort at = hostPort(text, host, hostEnd, header);
    Params params = params(text, hostEnd, paramsEnd, header);
    List<Param> headers = question < 0 ? List.of() : headers(text, question + 1, end, header);
    return new SipUri(secure, user, at, params, headers);
  }

  private static TelUri tel(String text, int from, int end, String header) {
    int semicolon = text.indexOf(';', from, end);
    int numberEnd = semicolon < 0 ? end : semicolon;
    if (CharClass.TEL_NUMBER.endOf(text, from, numberEnd) != numberEnd || from == numberEnd) {
      throw new SipSyntaxException(header, "not a telephone number");
    }
    try {
      return new TelUri(text.substring(from, numberEnd), params(text, numberEnd, end, header));
    } catch (SipSyntaxException e) {
      throw new SipSyntaxException(header, e.phrase());
    }
  }

  static HostPort hostPort(String text, int from, int end, String header) {
    int hostEnd;
    if (from < end && text.charAt(from) == '[') {
      hostEnd = text.indexOf(']', from, end) + 1;
      if (hostEnd <= 0 || !Ipv6.isAddress(text, from + 1, hostEnd - 1)) {
        throw new SipSyntaxException(header, "not an IPv6 address");
      }
    } else {
      hostEnd = CharClass.HOSTNAME.endOf(text, from, end);
      if (hostEnd == from) {
        throw new SipSyntaxException(header, "no host");
      }
    }
    String host = text.substring(from, hostEnd);
    if (hostEnd == end) {
      return new HostPort(host, OptionalInt.empty());
    }
    if (text.charAt(hostEnd) != ':') {
      throw new SipSyntaxException(header, "a character that no host can have");
    }
    return new HostPort(host, OptionalInt.of(port(text, hostEnd + 1, end, header)));
  }

  static int port(String text, int from, int end, String header) {
    if (from == end || CharClass.DIGIT.endOf(text, from, end) != end) {
      throw new SipSyntaxException(header, "port is not a number");
    }
    int port = 0;
    for (int i = from; i < end; i++) {
      port = port * 10 + (text.charAt(i) - '0');
      if (port > 65_535) {
        throw new SipSyntaxException(header, "port above 65535");
      }
    }
    return port;
  }

  static void requireUserInfo(String text, int from, int end, String header) {
    boolean inPassword = false;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        requireEscape(text, i, end, header);
        i += 2;
      } else if (c == ':' && !inPassword && i > from) {
        inPassword = true;
      } else if (!(inPassword ? CharClass.PASSWORD : CharClass.USER).contains(c)) {
        throw new SipSyntaxException(header, "a character that no user can have");
      }
    }
    if (from == end) {
      throw new SipSyntaxException(header, "empty user");
    }
  }

  /// `*( ";" name [ "=" value ] )`, filling the extent.
  private static Params params(String text, int from, int end, String header) {
    if (from == end) {
      return Params.EMPTY;
    }
    var list = new ArrayList<Param>(4);
    int i = from;
    while (i < end) {
      int next = text.indexOf(';', i + 1, end);
      int paramEnd = next < 0 ? end : next;
      list.add(param(text, i + 1, paramEnd, CharClass.URI_PARAM, header));
      i = paramEnd;
    }
    return Params.of(list);
  }

  private static List<Param> headers(String text, int from, int end, String header) {
    var list = new ArrayList<Param>(2);
    int i = from;
    while (true) {
      int next = text.indexOf('&', i, end);
      int paramEnd = next < 0 ? end : next;
      list.add(param(text, i, paramEnd, CharClass.URI_HEADER, header));
      if (next < 0) {
        return list;
      }
      i = next + 1;
    }
  }

  private static Param param(String text, int from, int end, CharClass allowed, String header) {
    int equals = text.indexOf('=', from, end);
    int nameEnd = equals < 0 ? end : equals;
    if (nameEnd == from) {
      throw new SipSyntaxException(header, "empty parameter in a URI");
    }
    requireEscaped(text, from, nameEnd, allowed, header);
    String name = text.substring(from, nameEnd);
    if (equals < 0) {
      return new Param(name);
    }
    requireEscaped(text, equals + 1, end, allowed, header);
    return new Param(name, text.substring(equals + 1, end));
  }

  private static void requireEscaped(
      String text, int from, int end, CharClass allowed, String header) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        requireEscape(text, i, end, header);
        i += 2;
      } else if (!allowed.contains(c)) {
        throw new SipSyntaxException(header, "a character that no URI parameter can have");
      }
    }
  }

  private static void requireEscape(String text, int percent, int end, String header) {
    if (percent + 2 >= end
        || !CharClass.HEX_DIGIT.contains(text.charAt(percent + 1))
        || !CharClass.HEX_DIGIT.contains(text.charAt(percent + 2))) {
      throw new SipSyntaxException(header, "broken escape in a URI");
    }
  }
}
