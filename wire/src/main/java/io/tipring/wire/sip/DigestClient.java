package io.tipring.wire.sip;

import io.tipring.wire.sip.Digest.Answer;
import io.tipring.wire.sip.Digest.Challenge;
import io.tipring.wire.sip.Digest.Credentials;
import io.tipring.wire.sip.Digest.NonceUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whoever answers 401 and 407 for one call (RFC 3261 22.2, 22.3; RFC 7616 3.6): remembers which
/// protection spaces asked and how often each nonce was used. Immutable.
///
/// A challenge to a request that already answered that space means that the answer was wrong, so it
/// is given up, unless the server says that only the nonce was too old; once each request, or two
/// machines would talk for ever.
public final class DigestClient {
  /// A server has one realm, or two on the way to it; more than this only by malice.
  private static final int MOST_SPACES = 8;

  private final Optional<Credentials> who;
  private final List<Space> spaces;

  private DigestClient(Optional<Credentials> who, List<Space> spaces) {
    this.who = who;
    this.spaces = spaces;
  }

  public static DigestClient of(Credentials who) {
    return new DigestClient(Optional.of(who), List.of());
  }

  /// Somebody who has no password: gives up, and says what was asked.
  public static DigestClient anonymous() {
    return new DigestClient(Optional.empty(), List.of());
  }

  /// What becomes of a challenge.
  public sealed interface Outcome {
    /// @param next who answers the next challenge
    /// @param credentials all that the request needs, also what it carried before
    record Answered(DigestClient next, List<Header> credentials) implements Outcome {}

    /// @param why for a person, such as `realm "example.com" takes neither this user nor this
    ///   password`
    record GivenUp(String why) implements Outcome {}
  }

  /// @param request as it was sent; what credentials it has are from here
  /// @param challenge 401 or 407 to it
  /// @param cnonce not used before
  public Outcome challenged(SipRequest request, SipResponse challenge, String cnonce) {
    Map<String, Space> asked = new LinkedHashMap<>();
    List<String> refused = new ArrayList<>();
    for (Asker asker : Asker.values()) {
      for (String value : challenge.headers().all(asker.asks)) {
        try {
          Space space = new Space(asker, Challenge.parse(value), 0);
          // RFC 8760 2.4 leaves the choice among several of one realm to us: the strongest.
          asked.merge(space.name(), space, DigestClient::stronger);
        } catch (SipSyntaxException e) {
          refused.add(e.phrase() + " (" + value + ")");
        }
      }
    }
    if (asked.isEmpty()) {
      return new Outcome.GivenUp(
          refused.isEmpty()
              ? challenge.status() + " came without a challenge"
              : "no challenge that can be answered: " + String.join("; ", refused));
    }
    return who.map(known -> answered(known, request, asked, cnonce))
        .orElseGet(() ->
            new Outcome.GivenUp(
                asked.values().iterator().next().realm() + " asks for a user and a password"));
  }

  private Outcome answered(
      Credentials known, SipRequest request, Map<String, Space> asked, String cnonce) {
    Map<String, Answer> carried = carried(request);
    Map<String, Space> next = new LinkedHashMap<>();
    for (Space space : spaces) {
      next.put(space.name(), space);
    }
    for (Space space : asked.values()) {
      Optional<Space> before = Optional.ofNullable(next.get(space.name()));
      boolean answeredBefore = carried.containsKey(space.name());
      if (answeredBefore && !space.challenge.stale()) {
        return new Outcome.GivenUp(space.realm() + " takes neither this user nor this password");
      }
      if (answeredBefore && before.filter(s -> s.challenge.stale()).isPresent()) {
        return new Outcome.GivenUp(space.realm() + " calls each nonce of its own too old");
      }
      boolean sameNonce =
          before.filter(s -> s.challenge.nonce().equals(space.challenge.nonce())).isPresent();
      next.put(space.name(), sameNonce ? space.used(before.get().uses) : space);
    }
    if (next.size() > MOST_SPACES) {
      return new Outcome.GivenUp("more than " + MOST_SPACES + " realms ask for a password");
    }
    List<Header> credentials = new ArrayList<>();
    next.replaceAll((name, space) -> {
      if (!asked.containsKey(name) && !carried.containsKey(name)) {
        return space;
      }
      // RFC 7616 3.4: each use of a nonce counts.
      Space used = space.used(space.uses + 1);
      credentials.add(used.answer(known, request, cnonce));
      return used;
    });
    return new Outcome.Answered(
        new DigestClient(who, List.copyOf(next.values())), List.copyOf(credentials));
  }

  private static Space stronger(Space one, Space other) {
    return other.challenge.algorithm().compareTo(one.challenge.algorithm()) > 0 ? other : one;
  }

  /// What the request said of itself, by the name of the space.
  private static Map<String, Answer> carried(SipRequest request) {
    Map<String, Answer> carried = new LinkedHashMap<>();
    for (Asker asker : Asker.values()) {
      for (String value : request.headers().all(asker.answers)) {
        Answer answer = Answer.parse(value);
        carried.put(asker.answers + ' ' + answer.realm(), answer);
      }
    }
    return carried;
  }

  /// Who asks: the one who is called, or somebody on the way.
  private enum Asker {
    SERVER("WWW-Authenticate", "Authorization"),
    PROXY("Proxy-Authenticate", "Proxy-Authorization");

    final String asks;
    final String answers;

    Asker(String asks, String answers) {
      this.asks = asks;
      this.answers = answers;
    }
  }

  /// A protection space (RFC 7616 3.3), what it asked last, and how often that nonce was used.
  private record Space(Asker asker, Challenge challenge, int uses) {
    String name() {
      return asker.answers + ' ' + challenge.realm();
    }

    String realm() {
      return "realm " + QuotedString.quote(challenge.realm());
    }

    Space used(int count) {
      return new Space(asker, challenge, count);
    }

    Header answer(Credentials who, SipRequest request, String cnonce) {
      return new Header(
          asker.answers,
          Digest.answer(
                  challenge,
                  who,
                  request.method(),
                  request.uri().toString(),
                  NonceUse.of(uses, cnonce))
              .toString());
    }
  }
}
