package io.tipring.wire.sip;

import java.util.ArrayList;

/// `"Digest" LWS auth-param *( COMMA auth-param )` (RFC 3261 25.1).
final class AuthParams {
  private AuthParams() {}

  static Params parse(String header, String value) {
    var c = new Cursor(header, value);
    if (!c.skipSpace().take(CharClass.TOKEN, "no scheme").equalsIgnoreCase("Digest")) {
      throw c.fail("scheme is not Digest");
    }
    c.skipSpace();
    var list = new ArrayList<Param>(8);
    do {
      list.add(c.param());
    } while (c.accept(','));
    c.expectEnd();
    return Params.of(list);
  }

  static String required(String header, Params params, String name) {
    return params.get(name).orElseThrow(() -> new SipSyntaxException(header, "no " + name));
  }
}
