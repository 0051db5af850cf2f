package io.tipring.wire.sip;

import java.util.Locale;

/// A URI of a scheme that we do not look into.
public record OtherUri(String scheme, String rest) implements Uri {
  public OtherUri {
    scheme = scheme.toLowerCase(Locale.ROOT);
    if (!CharClass.SCHEME.containsAll(scheme) || !CharClass.URI.containsAll(rest)) {
      throw new SipSyntaxException("URI", "not a URI");
    }
  }

  @Override
  public boolean matches(Uri other) {
    return equals(other);
  }

  @Override
  public String toString() {
    return scheme + ":" + rest;
  }
}
