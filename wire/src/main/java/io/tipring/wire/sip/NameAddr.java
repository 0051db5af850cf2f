package io.tipring.wire.sip;

import java.util.Optional;

/// `name-addr` or `addr-spec` with parameters: what From, To, Contact, Route, Record-Route and
/// Refer-To hold.
///
/// The display name is plain text (quotes and escapes undone). It is always written in the form
/// with angle brackets, which keeps the parameters of the URI apart from those of the header (RFC
/// 3261 20.10).
public record NameAddr(Optional<String> displayName, Uri uri, Params params) {
  public NameAddr {
    if (displayName.filter(d -> d.indexOf('\r') >= 0 || d.indexOf('\n') >= 0).isPresent()) {
      throw new IllegalArgumentException("a display name cannot hold a line break");
    }
  }

  public static NameAddr of(Uri uri) {
    return new NameAddr(Optional.empty(), uri, Params.EMPTY);
  }

  public static NameAddr parse(String text) {
    return parse("address", text);
  }

  static NameAddr parse(String header, String text) {
    var cursor = new Cursor(header, text);
    NameAddr result = read(cursor.skipSpace());
    cursor.expectEnd();
    return result;
  }

  /// Reads one and stops behind its parameters.
  static NameAddr read(Cursor c) {
    if (c.peek() == '"') {
      String name = QuotedString.unquote(c.quotedString());
      c.skipSpace();
      if (c.peek() != '<') {
        throw c.fail("no '<' after the display name");
      }
      return bracketed(c, Optional.of(name));
    }
    if (c.peek() == '<') {
      return bracketed(c, Optional.empty());
    }
    int from = c.at();
    int scheme = CharClass.SCHEME.endOf(c.text, from, c.end());
    if (scheme > from && scheme < c.end() && c.text.charAt(scheme) == ':') {
      return bare(c);
    }
    // display-name = *( token LWS ): RFC 3261 25.1
    while (CharClass.TOKEN.contains(c.peek())) {
      c.moveTo(CharClass.TOKEN.endOf(c.text, c.at(), c.end()));
      c.skipSpace();
    }
    if (c.peek() != '<') {
      throw c.fail("neither a URI nor a display name");
    }
    return bracketed(c, Optional.of(c.since(from).strip()));
  }

  private static NameAddr bracketed(Cursor c, Optional<String> displayName) {
    int from = c.at() + 1;
    int close = c.indexOf('>');
    if (close < 0) {
      throw c.fail("'<' without '>'");
    }
    Uri uri = UriParser.parse(c.text, from, close, c.header);
    c.moveTo(close + 1);
    return new NameAddr(displayName, uri, c.params());
  }

  /// Without brackets, everything behind a semicolon belongs to the header, and a URI may hold
  /// neither comma nor question mark (RFC 3261 20).
  private static NameAddr bare(Cursor c) {
    int from = c.at();
    int i = from;
    while (i < c.end()) {
      char ch = c.text.charAt(i);
      if (ch == ';' || ch == ',' || Cursor.isSpace(ch)) {
        break;
      }
      if (ch == '?') {
        throw c.fail("a URI with headers needs angle brackets");
      }
      i++;
    }
    Uri uri = UriParser.parse(c.text, from, i, c.header);
    c.moveTo(i);
    return new NameAddr(Optional.empty(), uri, c.params());
  }

  public Optional<String> tag() {
    return params.get("tag");
  }

  public NameAddr withTag(String tag) {
    return withParams(params.with("tag", tag));
  }

  public NameAddr withParams(Params newParams) {
    return new NameAddr(displayName, uri, newParams);
  }

  @Override
  public String toString() {
    var out = new StringBuilder(80);
    displayName.ifPresent(name -> {
      QuotedString.writeTo(out, name);
      out.append(' ');
    });
    out.append('<').append(uri).append('>');
    params.writeTo(out);
    return out.toString();
  }
}
