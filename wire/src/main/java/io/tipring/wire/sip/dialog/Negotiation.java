package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;

/// Whose turn it is in offer and answer (RFC 3264 4, RFC 3261 13.2.1, RFC 6337 2).
///
/// @param due what must come next
/// @param local the description we sent last: what a refreshing re-INVITE repeats
record Negotiation(Due due, Body local) {
  enum Due {
    AN_OFFER,
    OUR_ANSWER,
    THEIR_ANSWER,
    NOTHING
  }

  static final Negotiation FRESH = new Negotiation(Due.AN_OFFER, Body.EMPTY);

  boolean isDue(Due what) {
    return due == what;
  }

  /// Both sides agree: a new offer may be made.
  boolean settled() {
    return due == Due.NOTHING;
  }

  Negotiation offerSent(Body offer) {
    return new Negotiation(Due.THEIR_ANSWER, offer);
  }

  /// An INVITE without a description: the offer will be in its 2xx.
  Negotiation awaitingOffer() {
    return new Negotiation(Due.AN_OFFER, local);
  }

  Negotiation offerReceived() {
    return new Negotiation(Due.OUR_ANSWER, local);
  }

  Negotiation answerSent(Body answer) {
    return new Negotiation(Due.NOTHING, answer);
  }

  Negotiation answerReceived() {
    return new Negotiation(Due.NOTHING, local);
  }

  /// A description in a message that does not count, such as an unreliable 183.
  Negotiation previewed(Body body) {
    return new Negotiation(due, body);
  }
}
