package io.tipring.wire.sip;

/// A URI: `sip:` and `sips:`, `tel:`, or one of another scheme. `toString` is its wire form.
public sealed interface Uri permits SipUri, TelUri, OtherUri {
  /// Lower case, without the colon.
  String scheme();

  /// Whether both name the same resource: RFC 3261 19.1.4 for SIP, RFC 3966 4 for `tel:`, letter by
  /// letter otherwise.
  boolean matches(Uri other);

  /// Reads one URI that is the whole text.
  ///
  /// @throws SipSyntaxException when it is none
  static Uri parse(String text) {
    return UriParser.parse(text, 0, text.length(), "URI");
  }
}
