package io.tipring.wire.sip.dialog;

import static io.tipring.wire.sip.dialog.Talk.ANSWER;
import static io.tipring.wire.sip.dialog.Talk.OFFER;
import static io.tipring.wire.sip.dialog.Talk.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionChangeTest {
  private static final Body HOLD = Body.utf8("v=0 hold");
  private static final Body HELD = Body.utf8("v=0 held");
  private static final String MOVED = "Contact: <sip:them@192.0.2.77>";
  private static final SessionSettings NO_TIMER =
      new SessionSettings(
          SessionSettings.USUAL.timers(), SessionSettings.USUAL.setupNanos(), 0, 90, "");
  private final Talk talk = new Talk(NO_TIMER);

  private Talk answered() {
    talk.offered("Allow: INVITE, ACK, BYE, UPDATE").on(new SessionCommand.Answer(ANSWER));
    return talk.receives("ACK", 1, Body.EMPTY).forget();
  }

  private Talk calling() {
    talk.calls(OFFER)
        .responds(
            "INVITE", 200, "a", ANSWER, "Contact: <sip:them@192.0.2.2:5070>", "Allow: UPDATE");
    return talk.forget();
  }

  // Theirs

  @Test
  @Rfc("3261 14.2")
  void aReinviteIsOfferedAnsweredAndConfirmed() {
    answered().receives("INVITE", 2, HOLD);
    assertThat(talk.notices()).containsExactly(new SessionNotice.ChangeOffered(HOLD));
    talk.on(new SessionCommand.AcceptChange(HELD));
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.lastResponse().body()).isEqualTo(HELD);
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.Changed(Body.EMPTY));
    talk.passes(SECOND);
    assertThat(talk.statuses()).containsExactly(200, 200);
    talk.receives("ACK", 2, Body.EMPTY).forget().passes(60 * SECOND);
    assertThat(talk.out).isEmpty();
  }

  @Test
  @Rfc("3261 14.2")
  void aReinviteWithoutOfferGetsOursAndTheAnswerIsInTheAck() {
    answered().receives("INVITE", 2, Body.EMPTY).on(new SessionCommand.AcceptChange(HOLD));
    assertThat(talk.lastResponse().body()).isEqualTo(HOLD);
    talk.forget().receives("ACK", 2, HELD);
    assertThat(talk.notices()).containsExactly(new SessionNotice.Changed(HELD));
  }

  @Test
  @Rfc("3261 14.2")
  void aRefusedReinviteLeavesTheSessionAndTheTargetAsTheyWere() {
    answered().receives(Talk.request("INVITE", 2, "caller-tag", talk.state.localTag(), HOLD));
    talk.on(new SessionCommand.RefuseChange(488, List.of(new Header("Warning", "304 - \"no\""))));
    assertThat(talk.statuses()).containsExactly(488);
    assertThat(talk.lastResponse().headers().first("Warning")).contains("304 - \"no\"");
    talk.forget().on(new SessionCommand.Update(HOLD));
    assertThat(talk.requests()).containsExactly("UPDATE");
  }

  @Test
  @Rfc("3261 14.2")
  void aReinviteThatNobodyAnswersGets488() {
    answered().receives("INVITE", 2, HOLD).passes(17 * SECOND);
    assertThat(talk.statuses()).containsExactly(488);
  }

  @Test
  @Rfc("3261 14.2")
  void aSecondReinviteBeforeTheAnswerToTheFirstGets500WithRetryAfter() {
    answered().receives("INVITE", 2, HOLD).receives("INVITE", 3, HOLD);
    assertThat(talk.statuses()).containsExactly(500);
    assertThat(talk.lastResponse().headers().seconds("Retry-After").orElseThrow()).isBetween(0, 10);
  }

  @Test
  @Rfc("3261 14.2")
  void aReinviteThatCrossesOursGets491() {
    answered().on(new SessionCommand.Reinvite(HOLD)).receives("INVITE", 2, HOLD);
    assertThat(talk.statuses()).containsExactly(491);
  }

  @Test
  @Rfc("3261 14.2")
  void aReinviteBeforeTheAckOfTheFirstInviteGets491() {
    talk.offered().on(new SessionCommand.Answer(ANSWER)).forget().receives("INVITE", 2, HOLD);
    assertThat(talk.statuses()).containsExactly(491);
  }

  @Test
  @Rfc("3261 14.2")
  void aReinviteWhose2xxIsNeverAcknowledgedEndsTheCall() {
    answered()
        .receives("INVITE", 2, HOLD)
        .on(new SessionCommand.AcceptChange(HELD))
        .passes(33 * SECOND);
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.NOT_CONFIRMED, 0, Optional.empty()));
    assertThat(talk.requests()).containsExactly("BYE");
  }

  @Test
  @Rfc("3261 9.2")
  void aCancelledReinviteEndsWith487AndTheCallGoesOn() {
    answered().receives("INVITE", 2, HOLD).receives("CANCEL", 2, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200, 487);
    talk.on(new SessionCommand.AcceptChange(HELD));
    assertThat(talk.statuses()).hasSize(2);
    assertThat(talk.state).isInstanceOf(Established.class);
  }

  @Test
  @Rfc("3261 15.1.2")
  void aByeEndsThePendingReinviteWith487() {
    answered().receives("INVITE", 2, HOLD).receives("BYE", 3, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200, 487);
  }

  @Test
  @Rfc("3261 14.2")
  @Rfc("3261 12.2.2")
  void anAcceptedReinviteMovesTheTarget() {
    var reinvite = Talk.request("INVITE", 2, "caller-tag", answered().state.localTag(), HOLD);
    talk.receives(
        reinvite.withHeaders(reinvite.headers().replaced("Contact", "<sip:them@192.0.2.77>")));
    talk.on(new SessionCommand.AcceptChange(HELD))
        .receives("ACK", 2, Body.EMPTY)
        .on(new SessionCommand.HangUp());
    assertThat(talk.lastRequest("BYE").request().uri()).hasToString("sip:them@192.0.2.77");
  }

  @Test
  @Rfc("3311 5.2")
  void anUpdateIsAnsweredWithoutAnAck() {
    answered()
        .receives("UPDATE", 2, HOLD)
        .on(new SessionCommand.AcceptChange(HELD))
        .passes(60 * SECOND);
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.lastResponse().body()).isEqualTo(HELD);
  }

  @Test
  @Rfc("3311 5.2")
  void anUpdateWithoutOfferIsAnsweredAtOnce() {
    answered().receives("UPDATE", 2, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.notices()).isEmpty();
  }

  @Test
  @Rfc("3311 5.2")
  void anUpdateThatCrossesOurOfferGets491() {
    answered().on(new SessionCommand.Update(HOLD)).receives("UPDATE", 2, HOLD);
    assertThat(talk.statuses()).containsExactly(491);
  }

  @Test
  @Rfc("3311 5.2")
  void anUpdateBeforeTheOfferOfTheInviteIsAnsweredGets500() {
    talk.offered().receives("UPDATE", 2, HOLD);
    assertThat(talk.statuses()).containsExactly(500);
    assertThat(talk.lastResponse().headers().has("Retry-After")).isTrue();
  }

  @Test
  @Rfc("3311 5.1")
  void aRingingCallCanBeUpdatedOnceItsFirstOfferIsAnsweredReliably() {
    talk.offered("Supported: 100rel").on(new SessionCommand.Progress(183, ANSWER));
    String rack =
        "RAck: " + talk.lastResponse().headers().first("RSeq").orElseThrow() + " 1 INVITE";
    talk.on(new SessionCommand.Update(HOLD));
    assertThat(talk.requests()).containsExactly("UPDATE");
    talk.receives("PRACK", 2, Body.EMPTY, rack).responds("UPDATE", 200, "", HELD);
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.Changed(HELD));
    talk.forget().receives("UPDATE", 3, OFFER).on(new SessionCommand.AcceptChange(ANSWER));
    assertThat(talk.statuses()).containsExactly(200);
  }

  // Ours

  @Test
  @Rfc("3261 14.1")
  void ourReinviteIsAcknowledgedAndItsAnswerTold() {
    calling().on(new SessionCommand.Reinvite(HOLD)).responds("INVITE", 200, "", HELD, MOVED);
    assertThat(talk.notices()).containsExactly(new SessionNotice.Changed(HELD));
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
    assertThat(talk.sent(SessionOut.SendAck.class).getFirst().ack().uri())
        .hasToString("sip:them@192.0.2.77");
    talk.responds("INVITE", 200, "", HELD, MOVED);
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(2);
  }

  @Test
  @Rfc("3261 14.1")
  void ourReinviteWithoutOfferIsAnsweredInTheAck() {
    calling().on(new SessionCommand.Reinvite(Body.EMPTY)).responds("INVITE", 200, "", HOLD, MOVED);
    assertThat(talk.notices()).containsExactly(new SessionNotice.ChangeOffered(HOLD));
    assertThat(talk.sent(SessionOut.SendAck.class)).isEmpty();
    talk.on(new SessionCommand.AcceptChange(HELD));
    assertThat(talk.sent(SessionOut.SendAck.class).getFirst().ack().body()).isEqualTo(HELD);
  }

  @Test
  @Rfc("3261 14.1")
  void aRefusedReinviteOfOursLeavesTheSessionAsItWas() {
    calling().on(new SessionCommand.Reinvite(HOLD)).responds("INVITE", 488, "", Body.EMPTY);
    assertThat(talk.notices()).containsExactly(new SessionNotice.ChangeRefused(488));
    talk.forget().on(new SessionCommand.Reinvite(HOLD));
    assertThat(talk.requests()).containsExactly("INVITE");
  }

  @Test
  @Rfc("3261 14.1")
  void afterGlareTheCallerTriesAgainIn2100To4000Milliseconds() {
    calling()
        .on(new SessionCommand.Reinvite(HOLD))
        .responds("INVITE", 491, "", Body.EMPTY)
        .forget();
    long wait = talk.state.wakeAtNanos() - talk.now;
    assertThat(wait).isBetween(2_100_000_000L, 4_000_000_000L);
    assertThat(wait % 10_000_000L).isZero();
    talk.passes(4 * SECOND);
    assertThat(talk.requests()).containsExactly("INVITE");
    assertThat(talk.lastRequest("INVITE").request().body()).isEqualTo(HOLD);
  }

  @Test
  @Rfc("3261 14.1")
  void afterGlareTheCalleeTriesAgainWithin2Seconds() {
    answered()
        .on(new SessionCommand.Reinvite(HOLD))
        .responds("INVITE", 491, "", Body.EMPTY)
        .forget();
    assertThat(talk.state.wakeAtNanos() - talk.now).isBetween(0L, 2_000_000_000L);
    talk.passes(2 * SECOND);
    assertThat(talk.requests()).containsExactly("INVITE");
  }

  @Test
  @Rfc("3264 8")
  void afterGlareOurOfferIsVoidWhenThePeersCameFirst() {
    calling()
        .on(new SessionCommand.Reinvite(HOLD))
        .responds("INVITE", 491, "", Body.EMPTY)
        .forget();
    talk.receives(fromCallee("UPDATE", 1, OFFER))
        .on(new SessionCommand.AcceptChange(ANSWER))
        .passes(5 * SECOND);
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.ChangeRefused(491));
    assertThat(talk.requests()).isEmpty();
  }

  /// A request of the one whom we called.
  private SipRequest fromCallee(String method, long cseq, Body body) {
    var request = Talk.request(method, cseq, "a", talk.state.localTag(), body);
    return request.withHeaders(request.headers().replaced("Call-ID", talk.state.callId()));
  }

  @Test
  @Rfc("3311 5.2")
  void anOverlapIsTriedAgainWhenThePeerSays() {
    calling()
        .on(new SessionCommand.Update(HOLD))
        .responds("UPDATE", 500, "", Body.EMPTY, "Retry-After: 7")
        .forget();
    assertThat(talk.state.wakeAtNanos() - talk.now).isEqualTo(7 * SECOND);
    talk.passes(8 * SECOND);
    assertThat(talk.requests()).containsExactly("UPDATE");
  }

  @Test
  @Rfc("3261 14.1")
  @Rfc("3264 4")
  void onlyOneChangeAtATime() {
    calling().on(new SessionCommand.Reinvite(HOLD)).on(new SessionCommand.Update(HOLD));
    assertThat(talk.requests()).containsExactly("INVITE");
    assertThat(talk.notices()).containsExactly(new SessionNotice.ChangeRefused(491));
  }

  @Test
  @Rfc("3261 12.2.1.2")
  void a481EndsTheCall() {
    calling().on(new SessionCommand.Reinvite(HOLD)).responds("INVITE", 481, "", Body.EMPTY);
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.DIALOG_GONE, 0, Optional.empty()));
    assertThat(talk.requests()).containsExactly("INVITE", "BYE");
  }

  @Test
  @Rfc("3261 12.2.1.2")
  void silenceEndsTheCallLike408() {
    calling().on(new SessionCommand.SendInfo("application/dtmf-relay", Body.utf8("Signal=1")));
    talk.failed(talk.lastRequest("INFO").ref());
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.DIALOG_GONE, 0, Optional.empty()));
  }

  @Test
  @Rfc("3261 22.2")
  void aChallengedReinviteIsSentAgainWithCredentials() {
    calling().on(new SessionCommand.Reinvite(HOLD)).responds("INVITE", 407, "", Body.EMPTY);
    assertThat(talk.notices()).hasSize(1).first().isInstanceOf(SessionNotice.Challenged.class);
    long first = talk.lastRequest("INVITE").request().headers().cseq().number();
    talk.on(new SessionCommand.Retry(List.of(new Header("Proxy-Authorization", "Digest x"))));
    var again = talk.lastRequest("INVITE").request();
    assertThat(again.headers().cseq().number()).isEqualTo(first + 1);
    assertThat(again.headers().first("Proxy-Authorization")).contains("Digest x");
    talk.responds("INVITE", 200, "", HELD, MOVED);
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.Changed(HELD));
  }

  @Test
  @Rfc("3261 9.1")
  void aReinviteThatRingsForEverIsCancelled() {
    calling()
        .on(new SessionCommand.Reinvite(HOLD))
        .responds("INVITE", 180, "", Body.EMPTY)
        .passes(181 * SECOND);
    assertThat(talk.sent(SessionOut.SendCancel.class)).hasSize(1);
    talk.responds("INVITE", 487, "", Body.EMPTY);
    assertThat(talk.notices()).containsExactly(new SessionNotice.ChangeRefused(487));
  }

  @Test
  @Rfc("3311 5.2")
  void aPeerThatWantsUsToWaitForLongHasRefused() {
    calling()
        .on(new SessionCommand.Update(HOLD))
        .responds("UPDATE", 500, "", Body.EMPTY, "Retry-After: 3600");
    assertThat(talk.notices()).containsExactly(new SessionNotice.ChangeRefused(500));
    assertThat(talk.state.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @Rfc("3262 4")
  void aReinviteDoesNotAskForReliableProvisionals() {
    calling().on(new SessionCommand.Reinvite(HOLD));
    assertThat(talk.lastRequest("INVITE").request().headers().tokens("Supported"))
        .containsExactly("timer");
  }

  @Test
  @Rfc("3261 9.1")
  void aReinviteThatIsUnansweredWhenTheCallEndsIsCancelledWithItsFirstProvisional() {
    calling().on(new SessionCommand.Reinvite(HOLD)).on(new SessionCommand.HangUp());
    assertThat(talk.sent(SessionOut.SendCancel.class)).isEmpty();
    talk.responds("BYE", 200, "", Body.EMPTY);
    assertThat(talk.state.closed()).isFalse();
    talk.responds("INVITE", 100, "", Body.EMPTY);
    assertThat(talk.sent(SessionOut.SendCancel.class)).hasSize(1);
    talk.passes(65 * SECOND);
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 9.1")
  void aReinviteThatRingsWhenTheCallEndsIsCancelled() {
    calling().on(new SessionCommand.Reinvite(HOLD)).responds("INVITE", 100, "", Body.EMPTY);
    talk.on(new SessionCommand.HangUp());
    assertThat(talk.sent(SessionOut.SendCancel.class)).hasSize(1);
    assertThat(talk.requests()).containsExactly("INVITE", "BYE");
  }
}
