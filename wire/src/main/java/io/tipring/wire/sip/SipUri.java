package io.tipring.wire.sip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A `sip:` or `sips:` URI (RFC 3261 19.1), its parts as they were written.
///
/// `user` keeps its escapes, and the password if there is one: it is `userinfo` without the `@`.
/// [#userName()] is what it says. `equals` compares letters; [#matches(Uri)] compares what they
/// mean.
public record SipUri(
    boolean secure, Optional<String> user, HostPort at, Params params, List<Param> headers)
    implements Uri {
  public SipUri {
    headers = List.copyOf(headers);
    if (user.isPresent()) {
      UriParser.requireUserInfo(user.get(), 0, user.get().length(), "URI");
    }
  }

  /// `sip:user@host:port`; the user is escaped where it must be.
  public static SipUri of(String userName, HostPort at) {
    return new SipUri(
        false, Optional.of(Escapes.encodeUser(userName)), at, Params.EMPTY, List.of());
  }

  /// `sip:host:port`.
  public static SipUri of(HostPort at) {
    return new SipUri(false, Optional.empty(), at, Params.EMPTY, List.of());
  }

  @Override
  public String scheme() {
    return secure ? "sips" : "sip";
  }

  /// The user with its escapes undone, without password: the dialled name.
  public Optional<String> userName() {
    return user.map(u -> {
      int colon = u.indexOf(':');
      return Escapes.decode(colon < 0 ? u : u.substring(0, colon));
    });
  }

  /// Lower case.
  public Optional<String> transport() {
    return params.get("transport").map(t -> t.toLowerCase(Locale.ROOT));
  }

  /// A loose router (RFC 3261 19.1.1).
  public boolean isLooseRouter() {
    return params.has("lr");
  }

  public SipUri withParams(Params newParams) {
    return new SipUri(secure, user, at, newParams, headers);
  }

  @Override
  public boolean matches(Uri other) {
    return other instanceof SipUri sip && UriComparison.same(this, sip);
  }

  @Override
  public String toString() {
    var out = new StringBuilder(64);
    out.append(secure ? "sips:" : "sip:");
    user.ifPresent(u -> out.append(u).append('@'));
    out.append(at);
    params.writeTo(out);
    char separator = '?';
    for (Param h : headers) {
      out.append(separator);
      h.writeTo(out);
      separator = '&';
    }
    return out.toString();
  }
}
