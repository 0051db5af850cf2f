package io.tipring.wire.sip;

import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;

/// One `via-parm` (RFC 3261 20.42): the way back. The transport is kept as written, usually upper
/// case.
public record Via(String transport, HostPort sentBy, Params params) {
  /// What every branch of an RFC 3261 element starts with (8.1.1.7).
  public static final String MAGIC_COOKIE = "z9hG4bK";

  public Via {
    if (!CharClass.TOKEN.containsAll(transport)) {
      throw new SipSyntaxException("Via", "transport is not a token");
    }
  }

  public static Via parse(String text) {
    var c = new Cursor("Via", text);
    Via via = read(c.skipSpace());
    c.expectEnd();
    return via;
  }

  static Via read(Cursor c) {
    if (!c.take(CharClass.TOKEN, "no protocol").equalsIgnoreCase("SIP")) {
      throw c.fail("protocol is not SIP");
    }
    c.expect('/', "no protocol version");
    if (!c.take(CharClass.TOKEN, "no protocol version").equals("2.0")) {
      throw c.fail("protocol version is not 2.0");
    }
    Via way = transportAndHost(c);
    return new Via(way.transport, way.sentBy, c.params());
  }

  /// What can be understood of a `Via` that is not well-formed: enough to send a refusal back, or
  /// nothing.
  static Optional<Via> salvage(String text) {
    var c = new Cursor("Via", text);
    try {
      c.skipSpace().take(CharClass.TOKEN, "no protocol");
      c.expect('/', "no protocol version");
      c.take(CharClass.TOKEN, "no protocol version");
      Via way = transportAndHost(c);
      var params = new ArrayList<Param>();
      try {
        while (c.accept(';')) {
          params.add(c.param());
        }
      } catch (SipSyntaxException _) {
        // What came before the first broken parameter is still good.
      }
      return Optional.of(new Via(way.transport, way.sentBy, Params.of(params)));
    } catch (SipSyntaxException _) {
      return Optional.empty();
    }
  }

  private static Via transportAndHost(Cursor c) {
    c.expect('/', "no transport");
    String transport = c.take(CharClass.TOKEN, "no transport");
    if (!Cursor.isSpace(c.peek())) {
      throw c.fail("no space behind the transport");
    }
    c.skipSpace();
    return new Via(transport, sentBy(c), Params.EMPTY);
  }

  private static HostPort sentBy(Cursor c) {
    int from = c.at();
    int i = from;
    if (c.peek() == '[') {
      i = c.indexOf(']') + 1;
      if (i <= 0) {
        throw c.fail("not an IPv6 address");
      }
    } else {
      i = CharClass.HOSTNAME.endOf(c.text, from, c.end());
    }
    HostPort host = UriParser.hostPort(c.text, from, i, c.header);
    c.moveTo(i);
    if (!c.accept(':')) {
      return host;
    }
    return new HostPort(host.host(), OptionalInt.of((int) c.number(65_535)));
  }

  public Optional<String> branch() {
    return params.get("branch");
  }

  /// Whether the branch identifies the transaction (RFC 3261 17.2.3), as opposed to the rules of
  /// RFC 2543.
  public boolean hasRfc3261Branch() {
    return branch().filter(b -> b.startsWith(MAGIC_COOKIE)).isPresent();
  }

  /// The address that the server saw, without brackets.
  public Optional<String> received() {
    return params
        .get("received")
        .map(r -> r.startsWith("[") && r.endsWith("]") ? r.substring(1, r.length() - 1) : r);
  }

  /// The port that the server saw. Empty when `rport` is absent or still without value; see
  /// [#asksForRport()].
  public OptionalInt rport() {
    Optional<String> value = params.get("rport");
    if (value.isEmpty() || !CharClass.DIGIT.containsAll(value.get()) || value.get().length() > 5) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(value.get());
    return port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /// RFC 3581 3.
  public boolean asksForRport() {
    return params.has("rport");
  }

  /// This as a server marks it on arrival: `received` when the source address differs from the host
  /// of sent-by (RFC 3261 18.2.1) or when the client asked for `rport` (RFC 3581 4), and then
  /// `rport` too.
  ///
  /// @param address the numeric source address, an IPv6 one without brackets
  public Via withReceived(String address, int port) {
    Params marked = params;
    if (asksForRport()) {
      marked = marked.with("received", address).with("rport", Integer.toString(port));
    } else if (!sentBy.address().equalsIgnoreCase(address)) {
      marked = marked.with("received", address);
    } else {
      // A client may not tell us what we saw.
      marked = marked.without("received");
    }
    return new Via(transport, sentBy, marked);
  }

  @Override
  public String toString() {
    var out = new StringBuilder(80);
    out.append("SIP/2.0/").append(transport).append(' ').append(sentBy);
    params.writeTo(out);
    return out.toString();
  }
}
