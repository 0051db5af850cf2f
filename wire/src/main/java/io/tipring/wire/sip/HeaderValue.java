package io.tipring.wire.sip;

/// A header value with parameters, as most headers have it: `1800;refresher=uac`,
/// `application/sdp`, `SIP;cause=200`.
///
/// @param value what stands before the first semicolon, a quoted string or comment aside, without
///   outer white space
public record HeaderValue(String value, Params params) {
  static HeaderValue read(Cursor c) {
    c.skipSpace();
    int from = c.at();
    while (!c.atEnd() && c.peek() != ';' && c.peek() != ',') {
      if (c.peek() == '"') {
        c.quotedString();
      } else {
        c.moveTo(c.at() + 1);
      }
    }
    String value = c.since(from).strip();
    if (value.isEmpty()) {
      throw c.fail("empty value");
    }
    return new HeaderValue(value, c.params());
  }

  @Override
  public String toString() {
    return value + params;
  }
}
