package io.tipring.wire.sip;

import java.util.Optional;

/// The answer to a request that cannot be understood (RFC 3261 8.2.6, 8.2.7): whatever of Via,
/// From, To, Call-ID and CSeq keeps the grammar goes back, everything else stays unsaid. Never the
/// body: a server that echoes can be used against third parties.
final class Refusal {
  private Refusal() {}

  /// @param phrase our own words: it becomes the reason phrase
  static Parsed of(Head head, int status, String phrase) {
    if (head.startLine().startsWith("ACK ")) {
      return new Parsed.Garbage("ACK, which has no answer: " + phrase);
    }
    Optional<String> topVia = first(head, "Via");
    Optional<Via> usable = topVia.flatMap(Via::salvage);
    if (usable.isEmpty()) {
      return new Parsed.Garbage("no usable Via: " + phrase);
    }
    var headers = SipHeaders.builder();
    boolean top = true;
    for (Header h : head.headers()) {
      if (h.named("Via")) {
        if (isWellFormed(h)) {
          headers.add(h);
        } else if (top) {
          headers.add("Via", usable.get());
        }
        top = false;
      }
    }
    copy(head, "From", headers);
    first(head, "To").flatMap(to -> tagged(head, to)).ifPresent(to -> headers.add("To", to));
    copy(head, "Call-ID", headers);
    copy(head, "CSeq", headers);
    return new Parsed.Unacceptable(
        new SipResponse(status, phrase, headers.build(), Body.EMPTY), phrase);
  }

  private static Optional<String> first(Head head, String name) {
    for (Header h : head.headers()) {
      if (h.named(name)) {
        return Optional.of(h.value());
      }
    }
    return Optional.empty();
  }

  private static void copy(Head head, String name, SipHeaders.Builder into) {
    first(head, name)
        .map(value -> new Header(name, value))
        .filter(Refusal::isWellFormed)
        .ifPresent(into::add);
  }

  private static boolean isWellFormed(Header header) {
    SipHeaders alone = SipHeaders.builder().add(header).build();
    try {
      switch (HeaderNames.canonical(header.name())) {
        case "Via" -> alone.vias();
        case "From" -> alone.from();
        case "Call-ID" -> alone.callId();
        case "CSeq" -> alone.cseq();
        default -> throw new IllegalArgumentException("no header of an answer: " + header.name());
      }
      return true;
    } catch (SipSyntaxException _) {
      return false;
    }
  }

  private static Optional<String> tagged(Head head, String to) {
    try {
      NameAddr address = NameAddr.parse("To", to);
      return Optional.of(
          address.tag().isPresent() ? to : address.withTag(statelessTag(head)).toString());
    } catch (SipSyntaxException _) {
      return Optional.empty();
    }
  }

  /// The same request must get the same tag each time it is retransmitted (RFC 3261 8.2.7).
  private static String statelessTag(Head head) {
    long hash = 0xCBF29CE484222325L;
    for (Header h : head.headers()) {
      for (int i = 0; i < h.value().length(); i++) {
        hash = (hash ^ h.value().charAt(i)) * 0x100000001B3L;
      }
    }
    return Long.toHexString(hash);
  }
}
