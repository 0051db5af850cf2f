package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.Change.Ours;
import io.tipring.wire.sip.dialog.Change.Theirs;
import java.util.List;

/// Changes that the peer asks for: re-INVITE (RFC 3261 14.2), UPDATE (RFC 3311 5.2), a new offer in
/// a PRACK (RFC 3262 5).
final class TheirChange {
  private TheirChange() {}

  /// Takes it up, or refuses it because something else is under way.
  ///
  /// @param confirming an INVITE of this dialog still waits for its ACK
  static Usage received(Usage usage, SessionIn.Request in, boolean confirming, Turn turn) {
    SipRequest request = in.request();
    boolean invite = request.method().equals(Method.INVITE);
    Negotiation negotiation = usage.negotiation();
    if (usage.change().theirs() instanceof Theirs.Pending) {
      // RFC 3261 14.2, RFC 3311 5.2: the first is not answered yet.
      return overlapping(usage, in, turn);
    }
    boolean crossing = usage.change().ours() instanceof Ours.Sent sent && sent.negotiates();
    if (crossing || (invite && confirming) || negotiation.isDue(Negotiation.Due.THEIR_ANSWER)) {
      // RFC 3261 14.2, RFC 3311 5.2: ours is under way.
      usage.respond(in.ref(), request, 491, turn);
      return usage;
    }
    if (!negotiation.settled()) {
      // RFC 3311 5.2: an offer that we have not answered.
      return overlapping(usage, in, turn);
    }
    Body offer = Usage.sdp(request.headers(), request.body());
    turn.tell(new SessionNotice.ChangeOffered(offer));
    // Half of 64*T1: an UPDATE's own timeout must not come first.
    long deadline = turn.nowNanos + turn.settings.timers().timeoutNanos() / 2;
    Theirs pending = new Theirs.Pending(in.ref(), request, negotiation, deadline);
    Negotiation due = offer.isEmpty() ? negotiation.awaitingOffer() : negotiation.offerReceived();
    return usage.with(usage.change().with(pending)).with(due);
  }

  /// RFC 3261 14.2, RFC 3311 5.2: not now, and when to ask again.
  static Usage overlapping(Usage usage, SessionIn.Request in, Turn turn) {
    turn.respond(
        in.ref(), usage.response(in.request(), 500, List.of(Incoming.retryAfter(turn)), turn));
    return usage;
  }

  /// The usage as the 2xx leaves it, and that 2xx, not yet sent.
  record Accepted(Usage usage, Turn.Reply success) {}

  /// @param body the answer, or the offer if the peer made none
  static Accepted accepted(
      Usage usage, Theirs.Pending pending, Body body, List<Header> more, Turn turn) {
    SipRequest request = pending.request();
    Negotiation negotiation = usage.negotiation();
    Negotiation next =
        negotiation.isDue(Negotiation.Due.OUR_ANSWER)
            ? negotiation.answerSent(body)
            : negotiation.offerSent(body);
    if (negotiation.isDue(Negotiation.Due.OUR_ANSWER)) {
      turn.tell(new SessionNotice.Changed(Body.EMPTY));
    }
    Usage answered = usage.with(usage.change().with(new Theirs.None())).with(next);
    Usage refreshed =
        request.method().equals(Method.PRACK) ? answered : answered.refreshedBy(request);
    SipResponse success = refreshed.response(request, 200, body, turn);
    SipResponse full = success.withHeaders(Usage.added(success.headers(), more));
    return new Accepted(refreshed, new Turn.Reply(pending.ref(), full));
  }

  /// The session stays as it was, the peer's target too (RFC 3261 14.2).
  static Usage refused(
      Usage usage, Theirs.Pending pending, int status, List<Header> headers, Turn turn) {
    turn.respond(pending.ref(), usage.response(pending.request(), status, headers, turn));
    return usage.with(usage.change().with(new Theirs.None())).with(pending.before());
  }

  /// The call ends: what is pending gets its final response (RFC 3261 15.1.2).
  static void abandoned(Usage usage, Turn turn) {
    switch (usage.change().theirs()) {
      case Theirs.Pending(var ref, SipRequest request, _, _) ->
          usage.respond(ref, request, 487, turn);
      case Theirs.None() -> {}
    }
  }
}
