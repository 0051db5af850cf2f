package io.tipring.wire.sip;

/// What a datagram, or the next piece of a stream, turned out to be.
public sealed interface Parsed {
  /// A message whose mandatory headers keep the grammar: their typed accessors do not throw.
  record Message(SipMessage message) implements Parsed {}

  /// A request that is not well-formed, but says where an answer goes. The answer is ready to be
  /// sent to where the request came from; there is no transaction (RFC 3261 8.2.7).
  record Unacceptable(SipResponse answer, String why) implements Parsed {}

  /// Nothing that can be answered: to be dropped and counted. The reason is made of our own words
  /// only.
  record Garbage(String why) implements Parsed {}

  /// Nothing but line ends. On a stream the two of a ping, to be answered with one CRLF (RFC 5626
  /// 4.4.1).
  record KeepAlive() implements Parsed {}
}
