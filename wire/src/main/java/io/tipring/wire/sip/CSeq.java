package io.tipring.wire.sip;

/// The order of requests within a dialog (RFC 3261 20.16). The number is below 2^31 (8.1.1.5).
public record CSeq(long number, Method method) {
  public static final long MAX = (1L << 31) - 1;

  public CSeq {
    if (number < 0 || number > MAX) {
      throw new SipSyntaxException("CSeq", "number above " + MAX);
    }
  }

  public static CSeq parse(String text) {
    var c = new Cursor("CSeq", text);
    long number = c.skipSpace().number(MAX);
    if (!Cursor.isSpace(c.peek())) {
      throw c.fail("no space behind the number");
    }
    String method = c.skipSpace().take(CharClass.TOKEN, "no method");
    c.expectEnd();
    return new CSeq(number, Method.of(method));
  }

  @Override
  public String toString() {
    return number + " " + method;
  }
}
