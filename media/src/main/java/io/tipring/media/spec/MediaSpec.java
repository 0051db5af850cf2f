package io.tipring.media.spec;

import java.util.OptionalInt;

/// What one leg's pipeline is to do, as offer and answer agreed it.
///
/// @param encoding how sound travels, both ways
/// @param payloadType the RTP payload type the *peer* wants to receive for `encoding`
/// @param telephoneEvents the payload type of RFC 4733 events, empty when the peer does not take
///   them
/// @param eventKeys the keys that the peer takes as events, of `0-9*#A-D`; others go as sound
/// @param packetMillis sound per packet that we send, a multiple of 10 ms, usually 20
/// @param direction which way sound flows, seen from us
/// @param inBandDigits listen for DTMF in the sound itself
/// @param peer where packets go until the peer's own source address is latched
public record MediaSpec(
    Encoding encoding,
    int payloadType,
    OptionalInt telephoneEvents,
    String eventKeys,
    int packetMillis,
    Direction direction,
    boolean inBandDigits,
    PeerAddress peer) {
  private static final String ALL_KEYS = "0123456789*#ABCD";

  /// With a peer that takes every key as an event, if it takes events.
  public MediaSpec(
      Encoding encoding,
      int payloadType,
      OptionalInt telephoneEvents,
      int packetMillis,
      Direction direction,
      boolean inBandDigits,
      PeerAddress peer) {
    this(
        encoding,
        payloadType,
        telephoneEvents,
        ALL_KEYS,
        packetMillis,
        direction,
        inBandDigits,
        peer);
  }

  /// Whether the peer takes this key as an event; lower case counts.
  public boolean takesAsEvent(char key) {
    char upper = key >= 'a' && key <= 'd' ? (char) (key - 'a' + 'A') : key;
    return telephoneEvents.isPresent() && eventKeys.indexOf(upper) >= 0;
  }
}
