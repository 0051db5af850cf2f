package io.tipring.wire.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Digest authentication (RFC 7616 as RFC 8760 brings it to SIP; RFC 3261 22): challenges, and the
/// answers to them, of both sides. Knows no randomness: nonce and cnonce are arguments.
public final class Digest {
  /// From weak to strong.
  public enum Algorithm {
    MD5("MD5", "MD5"),
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String token;
    private final String javaName;

    Algorithm(String token, String javaName) {
      this.token = token;
      this.javaName = javaName;
    }

    public String token() {
      return token;
    }

    static Optional<Algorithm> of(String token) {
      for (Algorithm a : values()) {
        if (a.token.equalsIgnoreCase(token)) {
          return Optional.of(a);
        }
      }
      return Optional.empty();
    }

    private String hex(String text) {
      try {
        byte[] hash =
            MessageDigest.getInstance(javaName).digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(javaName + " is missing from this Java runtime", e);
      }
    }
  }

  /// What a server asks for: the value of `WWW-Authenticate` or `Proxy-Authenticate`.
  ///
  /// @param qop whether quality of protection `auth` was offered; without it the answer is that of
  ///   RFC 2069
  public record Challenge(
      String realm,
      String nonce,
      Algorithm algorithm,
      boolean qop,
      Optional<String> opaque,
      boolean stale) {
    /// A new challenge of ours: with `auth`, not stale.
    public static Challenge of(String realm, String nonce, Algorithm algorithm) {
      return new Challenge(realm, nonce, algorithm, true, Optional.empty(), false);
    }

    /// @throws SipSyntaxException when it is no digest challenge, or of an algorithm that we do not
    ///   have
    public static Challenge parse(String value) {
      Params p = AuthParams.parse("WWW-Authenticate", value);
      Algorithm algorithm = Digest.algorithm("WWW-Authenticate", p);
      Optional<String> qop = p.get("qop");
      boolean auth = qop.filter(Digest::offersAuth).isPresent();
      if (qop.isPresent() && !auth) {
        throw new SipSyntaxException("WWW-Authenticate", "no qop that we have, which is auth");
      }
      return new Challenge(
          AuthParams.required("WWW-Authenticate", p, "realm"),
          AuthParams.required("WWW-Authenticate", p, "nonce"),
          algorithm,
          auth,
          p.get("opaque"),
          p.get("stale").filter("true"::equalsIgnoreCase).isPresent());
    }

    /// The header value.
    @Override
    public String toString() {
      var out = new StringBuilder("Digest realm=").append(QuotedString.quote(realm));
      out.append(", nonce=").append(QuotedString.quote(nonce));
      out.append(", algorithm=").append(algorithm.token());
      if (qop) {
        out.append(", qop=\"auth\"");
      }
      opaque.ifPresent(o -> out.append(", opaque=").append(QuotedString.quote(o)));
      if (stale) {
        out.append(", stale=true");
      }
      return out.toString();
    }
  }

  public record Credentials(String user, String password) {
    /// Without the password.
    @Override
    public String toString() {
      return "Credentials[" + user + "]";
    }
  }

  /// A client's answer: the value of `Authorization` or `Proxy-Authorization`.
  ///
  /// @param use how often the nonce was used; empty without qop
  public record Answer(
      String user,
      String realm,
      String nonce,
      String uri,
      Algorithm algorithm,
      String response,
      Optional<NonceUse> use,
      Optional<String> opaque) {
    /// @throws SipSyntaxException when it is no digest answer, or of an algorithm that we do not
    ///   have
    public static Answer parse(String value) {
      String header = "Authorization";
      Params p = AuthParams.parse(header, value);
      Optional<NonceUse> use =
          p.get("qop")
              .map(qop -> {
                if (!qop.equalsIgnoreCase("auth")) {
                  throw new SipSyntaxException(header, "no qop that we have");
                }
                return new NonceUse(
                    AuthParams.required(header, p, "nc"), AuthParams.required(header, p, "cnonce"));
              });
      return new Answer(
          AuthParams.required(header, p, "username"),
          AuthParams.required(header, p, "realm"),
          AuthParams.required(header, p, "nonce"),
          AuthParams.required(header, p, "uri"),
          Digest.algorithm(header, p),
          AuthParams.required(header, p, "response"),
          use,
          p.get("opaque"));
    }

    /// Whether whoever wrote this knows the password. The caller checks realm, nonce, its count,
    /// and that the URI is the request's.
    public boolean proves(String password, Method method) {
      String expected =
          Digest.response(
              algorithm, new Credentials(user, password), realm, nonce, use, method, uri);
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.UTF_8), response.getBytes(StandardCharsets.UTF_8));
    }

    /// The header value.
    @Override
    public String toString() {
      var out = new StringBuilder("Digest username=").append(QuotedString.quote(user));
      out.append(", realm=").append(QuotedString.quote(realm));
      out.append(", nonce=").append(QuotedString.quote(nonce));
      out.append(", uri=").append(QuotedString.quote(uri));
      out.append(", response=\"").append(response).append('"');
      out.append(", algorithm=").append(algorithm.token());
      use.ifPresent(u -> {
        out.append(", qop=auth, nc=").append(u.count());
        out.append(", cnonce=").append(QuotedString.quote(u.cnonce()));
      });
      opaque.ifPresent(o -> out.append(", opaque=").append(QuotedString.quote(o)));
      return out.toString();
    }
  }

  /// @param count eight hex digits
  public record NonceUse(String count, String cnonce) {
    public NonceUse {
      if (count.length() != 8 || !CharClass.HEX_DIGIT.containsAll(count)) {
        throw new SipSyntaxException("Authorization", "nc is not eight hex digits");
      }
    }

    /// @param count 1 for the first use of a nonce
    public static NonceUse of(int count, String cnonce) {
      return new NonceUse(HexFormat.of().toHexDigits(count), cnonce);
    }

    public long number() {
      return Long.parseLong(count, 16);
    }
  }

  private Digest() {}

  /// The answer to a challenge. Its `toString` is the header value: of `Authorization` after 401,
  /// of `Proxy-Authorization` after 407.
  ///
  /// @param uri the Request-URI as it is sent
  /// @param use count and cnonce; ignored when the challenge offers no qop
  public static Answer answer(
      Challenge challenge, Credentials who, Method method, String uri, NonceUse use) {
    Optional<NonceUse> used = challenge.qop() ? Optional.of(use) : Optional.empty();
    String response =
        response(
            challenge.algorithm(), who, challenge.realm(), challenge.nonce(), used, method, uri);
    return new Answer(
        who.user(),
        challenge.realm(),
        challenge.nonce(),
        uri,
        challenge.algorithm(),
        response,
        used,
        challenge.opaque());
  }

  /// RFC 7616 3.4.1.
  private static String response(
      Algorithm algorithm,
      Credentials who,
      String realm,
      String nonce,
      Optional<NonceUse> use,
      Method method,
      String uri) {
    String secret = algorithm.hex(who.user() + ":" + realm + ":" + who.password());
    String subject = algorithm.hex(method + ":" + uri);
    String middle =
        use.map(u -> nonce + ":" + u.count() + ":" + u.cnonce() + ":auth").orElse(nonce);
    return algorithm.hex(secret + ":" + middle + ":" + subject);
  }

  private static Algorithm algorithm(String header, Params p) {
    return Algorithm.of(p.get("algorithm").orElse("MD5"))
        .orElseThrow(() ->
            new SipSyntaxException(
                header, "the algorithm is none of MD5, SHA-256 and SHA-512-256"));
  }

  private static boolean offersAuth(String qop) {
    for (String token : qop.split(",", -1)) {
      if (token.strip().equalsIgnoreCase("auth")) {
        return true;
      }
    }
    return false;
  }
}
