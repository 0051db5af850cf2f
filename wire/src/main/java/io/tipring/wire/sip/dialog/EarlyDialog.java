package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.OptionalLong;

/// One telephone of perhaps several that our INVITE has made ring.
///
/// @param inviteSeq CSeq number of the INVITE
/// @param rseq number of its last reliable provisional, 0 before the first
/// @param preview the description in an unreliable provisional
/// @param prackOwed its offer waits for our answer, which goes in the PRACK (RFC 3262 5)
record EarlyDialog(Usage usage, long inviteSeq, long rseq, Body preview, boolean prackOwed) {
  boolean isOf(String remoteTag) {
    return usage.dialog().remoteTag().equals(remoteTag);
  }

  EarlyDialog with(Usage next) {
    return new EarlyDialog(next, inviteSeq, rseq, preview, prackOwed);
  }

  /// One of its 101-199 (RFC 3261 13.2.2.1, RFC 3262 4).
  EarlyDialog hears(SipResponse provisional, Turn turn) {
    OptionalLong number = reliable(provisional);
    Body sdp = Usage.sdp(provisional.headers(), provisional.body());
    Usage heard = usage.hears(provisional.headers());
    if (number.isEmpty()) {
      turn.tell(new SessionNotice.Progressed(provisional.status(), sdp));
      return new EarlyDialog(heard, inviteSeq, rseq, sdp.isEmpty() ? preview : sdp, prackOwed);
    }
    if (rseq != 0 && number.getAsLong() != rseq + 1) {
      // RFC 3262 4: a copy, or one ahead of its turn; the other side sends it again.
      return this;
    }
    EarlyDialog next = new EarlyDialog(heard, inviteSeq, number.getAsLong(), preview, prackOwed);
    Negotiation negotiation = usage.negotiation();
    if (!sdp.isEmpty() && negotiation.isDue(Negotiation.Due.AN_OFFER)) {
      turn.tell(new SessionNotice.Progressed(provisional.status(), Body.EMPTY));
      turn.tell(new SessionNotice.Offered(sdp));
      return new EarlyDialog(
          heard.with(negotiation.offerReceived()), inviteSeq, number.getAsLong(), preview, true);
    }
    boolean answers = !sdp.isEmpty() && negotiation.isDue(Negotiation.Due.THEIR_ANSWER);
    turn.tell(new SessionNotice.Progressed(provisional.status(), sdp));
    return next.with(answers ? heard.with(negotiation.answerReceived()) : heard)
        .acknowledge(Body.EMPTY, turn);
  }

  private static OptionalLong reliable(SipResponse provisional) {
    String rseq = provisional.headers().first("RSeq").orElse("").strip();
    boolean number =
        rseq.matches("[0-9]{1,10}") && Usage.has(provisional.headers(), "Require", "100rel");
    return number && !rseq.matches("0+")
        ? OptionalLong.of(Long.parseLong(rseq))
        : OptionalLong.empty();
  }

  /// Our answer to the offer in a reliable provisional.
  EarlyDialog answered(Body answer, Turn turn) {
    return with(usage.with(usage.negotiation().answerSent(answer))).acknowledge(answer, turn);
  }

  /// PRACK (RFC 3262 4).
  private EarlyDialog acknowledge(Body answer, Turn turn) {
    Usage advanced = usage.advanced();
    SipRequest prack = advanced.request(Method.PRACK, answer, turn);
    turn.send(prack.withHeaders(prack.headers().with("RAck", rseq + " " + inviteSeq + " INVITE")));
    return new EarlyDialog(advanced, inviteSeq, rseq, preview, false);
  }
}
