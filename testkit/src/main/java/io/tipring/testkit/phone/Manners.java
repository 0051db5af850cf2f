package io.tipring.testkit.phone;

import io.tipring.edge.sip.transport.Transport;

/// How well a phone behaves. Each `with` spoils or changes one thing.
///
/// @param transport what it calls over
/// @param acknowledges sends ACK to a 2xx
/// @param answersBye answers BYE; without it the other side has to give up by itself
/// @param marksSpurts sets the RTP marker on the first packet of sound and of a key
/// @param delaysOffer calls without SDP and answers the offer of the 200 in its ACK
/// @param requires100rel calls with `Require: 100rel`
/// @param driftPpm how much faster than true its sound clock runs, in parts per million
/// @param telephoneEvents takes and sends keys as RFC 4733 events; without it they are sound
public record Manners(
    Transport transport,
    boolean acknowledges,
    boolean answersBye,
    boolean marksSpurts,
    boolean delaysOffer,
    boolean requires100rel,
    int driftPpm,
    boolean telephoneEvents) {
  public static final Manners GOOD =
      new Manners(Transport.UDP, true, true, true, false, false, 0, true);

  public Manners overTcp() {
    return new Manners(
        Transport.TCP,
        acknowledges,
        answersBye,
        marksSpurts,
        delaysOffer,
        requires100rel,
        driftPpm,
        telephoneEvents);
  }

  public Manners withoutAck() {
    return new Manners(
        transport,
        false,
        answersBye,
        marksSpurts,
        delaysOffer,
        requires100rel,
        driftPpm,
        telephoneEvents);
  }

  public Manners withoutByeAnswer() {
    return new Manners(
        transport,
        acknowledges,
        false,
        marksSpurts,
        delaysOffer,
        requires100rel,
        driftPpm,
        telephoneEvents);
  }

  public Manners withoutMarker() {
    return new Manners(
        transport,
        acknowledges,
        answersBye,
        false,
        delaysOffer,
        requires100rel,
        driftPpm,
        telephoneEvents);
  }

  public Manners withDelayedOffer() {
    return new Manners(
        transport,
        acknowledges,
        answersBye,
        marksSpurts,
        true,
        requires100rel,
        driftPpm,
        telephoneEvents);
  }

  public Manners with100relRequired() {
    return new Manners(
        transport,
        acknowledges,
        answersBye,
        marksSpurts,
        delaysOffer,
        true,
        driftPpm,
        telephoneEvents);
  }

  public Manners withDrift(int ppm) {
    return new Manners(
        transport,
        acknowledges,
        answersBye,
        marksSpurts,
        delaysOffer,
        requires100rel,
        ppm,
        telephoneEvents);
  }

  public Manners withoutTelephoneEvents() {
    return new Manners(
        transport,
        acknowledges,
        answersBye,
        marksSpurts,
        delaysOffer,
        requires100rel,
        driftPpm,
        false);
  }
}
