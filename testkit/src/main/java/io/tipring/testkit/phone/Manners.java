package io.tipring.testkit.phone;

import io.tipring.edge.sip.transport.Transport;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How a phone behaves. Each `with` and [#overTcp] changes one thing.
///
/// @param transport what it calls over
/// @param quirks what it does otherwise than a good phone
/// @param driftPpm how much faster than true its sound clock runs, in parts per million
public record Manners(Transport transport, Set<Quirk> quirks, int driftPpm) {
  /// What a phone may do otherwise.
  public enum Quirk {
    /// It sends no ACK to a 2xx.
    NO_ACK,
    /// It does not answer BYE; the other side has to give up by itself.
    NO_BYE_ANSWER,
    /// No RTP marker is on the first packet of sound or of a key.
    NO_MARKER,
    /// It neither takes nor sends keys as RFC 4733 events; they are sound.
    NO_TELEPHONE_EVENTS,
    /// It calls without SDP and answers the offer of the 200 in its ACK.
    DELAYED_OFFER,
    /// It calls with `Require: 100rel`.
    REQUIRES_100REL
  }

  public static final Manners GOOD = new Manners(Transport.UDP, EnumSet.noneOf(Quirk.class), 0);

  public Manners {
    quirks =
        Collections.unmodifiableSet(
            quirks.isEmpty() ? EnumSet.noneOf(Quirk.class) : EnumSet.copyOf(quirks));
  }

  public Manners overTcp() {
    return new Manners(Transport.TCP, quirks, driftPpm);
  }

  public Manners with(Quirk quirk) {
    Set<Quirk> more = EnumSet.of(quirk);
    more.addAll(quirks);
    return new Manners(transport, more, driftPpm);
  }

  public Manners withDrift(int ppm) {
    return new Manners(transport, quirks, ppm);
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
