package io.tipring.wire.sip;

import java.util.Optional;

/// A telephone number (RFC 3966). The number is kept with its visual separators.
public record TelUri(String number, Params params) implements Uri {
  public TelUri {
    boolean hasDigits = !digitsOf(number).replace("+", "").isEmpty();
    if (!CharClass.TEL_NUMBER.containsAll(number) || number.lastIndexOf('+') > 0 || !hasDigits) {
      throw new SipSyntaxException("URI", "not a telephone number");
    }
  }

  @Override
  public String scheme() {
    return "tel";
  }

  /// `+` and digits (or the digits of a local number) without visual separators.
  public String digits() {
    return digitsOf(number);
  }

  public boolean isGlobal() {
    return number.startsWith("+");
  }

  @Override
  public boolean matches(Uri other) {
    return other instanceof TelUri tel
        && digits().equalsIgnoreCase(tel.digits())
        && sameParam(tel, "ext")
        && sameParam(tel, "isub")
        && sameParam(tel, "phone-context");
  }

  private boolean sameParam(TelUri other, String name) {
    Optional<String> mine = params.get(name);
    Optional<String> theirs = other.params.get(name);
    return mine.isPresent() == theirs.isPresent()
        && (mine.isEmpty() || mine.get().equalsIgnoreCase(theirs.get()));
  }

  private static String digitsOf(String number) {
    var out = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if ("-.()".indexOf(c) < 0) {
        out.append(c);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return "tel:" + number + params;
  }
}
