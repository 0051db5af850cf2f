package io.tipring.wire.sip.dialog;

import static io.tipring.wire.sip.dialog.Talk.ANSWER;
import static io.tipring.wire.sip.dialog.Talk.OFFER;
import static io.tipring.wire.sip.dialog.Talk.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalleeTest {
  private final Talk talk = new Talk();

  private Talk answered() {
    talk.offered().on(new SessionCommand.Answer(ANSWER));
    return talk.receives("ACK", 1, Body.EMPTY).forget();
  }

  @Test
  @Rfc("3261 13.3.1.4")
  void anAnsweredCallIsConfirmedByItsAck() {
    talk.offered();
    assertThat(talk.notices()).containsExactly(new SessionNotice.Offered(OFFER));
    talk.on(new SessionCommand.Progress(180, Body.EMPTY)).on(new SessionCommand.Answer(ANSWER));
    assertThat(talk.statuses()).containsExactly(180, 200);
    assertThat(talk.lastResponse().body()).isEqualTo(ANSWER);
    assertThat(talk.lastResponse().headers().first("Contact")).contains("<sip:tipring@192.0.2.1>");
    talk.forget().receives("ACK", 1, Body.EMPTY);
    assertThat(talk.notices()).containsExactly(new SessionNotice.Confirmed(Body.EMPTY));
    talk.forget().passes(100 * SECOND);
    assertThat(talk.statuses()).isEmpty();
  }

  @Test
  @Rfc("3261 13.3.1.4")
  void a2xxIsRepeatedUntilItsAckAndGivenUpAfter64T1() {
    talk.offered().on(new SessionCommand.Answer(ANSWER)).passes(31 * SECOND);
    // At 0, 0.5, 1.5, 3.5, 7.5, then every 4 s.
    assertThat(talk.statuses()).hasSize(10).containsOnly(200);
    talk.forget().passes(2 * SECOND);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.NOT_CONFIRMED, 0, Optional.empty()));
    assertThat(talk.requests()).containsExactly("BYE");
    assertThat(talk.lastRequest("BYE").request().headers().first("Reason").orElseThrow())
        .startsWith("Q.850;cause=102;");
  }

  @Test
  @Rfc("3261 9.2")
  void aCancelEndsTheRingingCallWith487() {
    talk.offered()
        .forget()
        .receives("CANCEL", 1, Body.EMPTY, "Reason: SIP;cause=200;text=\"elsewhere\"");
    assertThat(talk.statuses()).containsExactly(200, 487);
    assertThat(talk.notices())
        .containsExactly(
            new SessionNotice.Ended(
                EndCause.CANCELLED, 487, Optional.of("SIP;cause=200;text=\"elsewhere\"")));
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 9.2")
  void aCancelAfterThe200HasNoEffect() {
    talk.offered().on(new SessionCommand.Answer(ANSWER)).forget().receives("CANCEL", 1, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.notices()).isEmpty();
  }

  @Test
  @Rfc("3261 15.1.2")
  void theCallersByeEndsTheCall() {
    answered().receives("BYE", 2, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.REMOTE_BYE, 0, Optional.empty()));
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 15.1.1")
  void hangingUpSendsByeAndWaitsForItsAnswer() {
    answered().on(new SessionCommand.HangUp());
    assertThat(talk.requests()).containsExactly("BYE");
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.LOCAL_BYE, 0, Optional.empty()));
  }

  private SessionOut.SendRequest bye() {
    answered().on(new SessionCommand.HangUp());
    return talk.lastRequest("BYE");
  }

  @Test
  @Rfc("3261 15")
  void hangingUpBeforeTheAckWaitsForIt() {
    talk.offered().on(new SessionCommand.Answer(ANSWER)).on(new SessionCommand.HangUp());
    assertThat(talk.requests()).isEmpty();
    talk.receives("ACK", 1, Body.EMPTY);
    assertThat(talk.requests()).containsExactly("BYE");
  }

  @Test
  @Rfc("3261 13.2.1")
  void withoutAnOfferInTheInviteOursGoesInThe200AndTheAnswerIsInTheAck() {
    talk.offered(Body.EMPTY).on(new SessionCommand.Answer(OFFER));
    assertThat(talk.lastResponse().body()).isEqualTo(OFFER);
    talk.forget().receives("ACK", 1, ANSWER);
    assertThat(talk.notices()).containsExactly(new SessionNotice.Confirmed(ANSWER));
  }

  @Test
  @Rfc("3261 8.2.2.3")
  void anUnknownRequireGets420() {
    talk.offered("Require: precondition, 100rel");
    assertThat(talk.statuses()).containsExactly(420);
    assertThat(talk.lastResponse().headers().first("Unsupported")).contains("precondition");
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.UNACCEPTABLE, 420, Optional.empty()));
  }

  @Test
  @Rfc("3261 15.1.1")
  void theAnswerToOurByeClosesTheSession() {
    SessionOut.SendRequest bye = bye();
    talk.responds(bye, 200, "", Body.EMPTY);
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 15.1.2")
  void byesThatCrossAreBothAnswered() {
    answered().on(new SessionCommand.HangUp()).receives("BYE", 2, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.notices()).hasSize(1);
  }

  @Test
  @Rfc("3261 12.2.2")
  void aRequestOfAnotherDialogGets481() {
    answered().receives(Talk.request("BYE", 2, "stranger", talk.state.localTag(), Body.EMPTY));
    assertThat(talk.statuses()).containsExactly(481);
    assertThat(talk.notices()).isEmpty();
  }

  @Test
  @Rfc("3261 12.2.2")
  void aRequestThatComesTooLateGets500() {
    answered().receives("INFO", 5, Body.EMPTY).receives("BYE", 4, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200, 500);
    assertThat(talk.state).isInstanceOf(Established.class);
  }

  @Test
  @Rfc("3261 8.2.2.3")
  void anUnknownRequireWithinTheDialogGets420() {
    answered().receives("INFO", 2, Body.EMPTY, "Require: magic");
    assertThat(talk.statuses()).containsExactly(420);
  }

  @Test
  @Rfc("6086 4.2.2")
  void infoIsAnsweredAndHandedOn() {
    answered().receives("INFO", 2, Body.EMPTY, "Content-Type: application/dtmf-relay");
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.InfoReceived("application/dtmf-relay", Body.EMPTY));
  }

  @Test
  @Rfc("3261 11.2")
  void optionsWithinTheCallSayWhatWeCanDo() {
    answered().receives("OPTIONS", 2, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.lastResponse().headers().tokens("Allow")).contains("INVITE", "UPDATE", "PRACK");
    assertThat(talk.lastResponse().headers().tokens("Supported")).contains("100rel", "timer");
  }

  @Test
  @Rfc("3261 8.2.1")
  void whatHasNoPlaceInACallGets405() {
    answered().receives("SUBSCRIBE", 2, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(405);
    assertThat(talk.lastResponse().headers().has("Allow")).isTrue();
  }

  @Test
  @Rfc("3261 15.1.2")
  void aByeBeforeTheAnswerEndsTheInviteWith487() {
    talk.offered()
        .on(new SessionCommand.Progress(180, Body.EMPTY))
        .forget()
        .receives("BYE", 2, Body.EMPTY);
    assertThat(talk.statuses()).containsExactly(200, 487);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.REMOTE_BYE, 487, Optional.empty()));
  }

  @Test
  @Rfc("3261 13.3.1.3")
  @Rfc("3326 2")
  void aRejectionCarriesItsHeaders() {
    talk.offered()
        .on(new SessionCommand.Reject(486, List.of(new Header("Reason", "Q.850;cause=17"))));
    assertThat(talk.statuses()).containsExactly(486);
    assertThat(talk.lastResponse().headers().first("Reason")).contains("Q.850;cause=17");
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.REJECTED, 486, Optional.empty()));
    talk.forget().on(new SessionCommand.Answer(ANSWER)).on(new SessionCommand.HangUp());
    assertThat(talk.out).isEmpty();
  }

  @Test
  @Rfc("3261 13.3.1")
  void anInviteWhoseExpiresRunsOutGets487() {
    talk.offered("Expires: 20").passes(21 * SECOND);
    assertThat(talk.statuses()).containsExactly(487);
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.NO_ANSWER, 487, Optional.empty()));
  }

  @Test
  @Rfc("3261 13.3.1")
  void anInviteThatWouldWaitLongerThanWeGets480() {
    talk.offered("Expires: 3600").passes(181 * SECOND);
    assertThat(talk.statuses()).containsExactly(480);
  }

  @Test
  @Rfc("3261 8.2.3")
  void anOfferInADressWeCannotReadGets415AndIsNotTakenForNone() {
    talk.offered(ofType("multipart/mixed;boundary=x", "INVITE", 1, ""));
    assertThat(talk.statuses()).containsExactly(415);
    assertThat(talk.lastResponse().headers().first("Accept")).contains("application/sdp");
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.UNACCEPTABLE, 415, Optional.empty()));
    Talk other = new Talk();
    other.offered("Content-Encoding: gzip");
    assertThat(other.statuses()).containsExactly(415);
    assertThat(other.lastResponse().headers().first("Accept-Encoding")).contains("identity");
  }

  @Test
  @Rfc("3261 8.2.3")
  void aChangeInADressWeCannotReadGets415AndTheCallStands() {
    answered().receives(ofType("application/sdpng", "INVITE", 2, talk.state.localTag()));
    assertThat(talk.statuses()).containsExactly(415);
    assertThat(talk.notices()).isEmpty();
    assertThat(talk.state).isInstanceOf(Established.class);
  }

  @Test
  @Rfc("3261 20.11")
  void aBodyThatIsOptionalIsPassedOver() {
    SipRequest invite = ofType("image/png", "INVITE", 1, "");
    SipHeaders optional = invite.headers().with("Content-Disposition", "icon;handling=optional");
    talk.offered(invite.withHeaders(optional));
    assertThat(talk.notices()).containsExactly(new SessionNotice.Offered(Body.EMPTY));
  }

  private static SipRequest ofType(String type, String method, long cseq, String toTag) {
    SipRequest request = Talk.request(method, cseq, "caller-tag", toTag, OFFER);
    return request.withHeaders(request.headers().replaced("Content-Type", type));
  }

  @Test
  @Rfc("3261 13.3.1")
  void noCallRingsForEver() {
    talk.offered().passes(181 * SECOND);
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.NO_ANSWER, 480, Optional.empty()));
  }

  @Test
  @Rfc("3261 13.2.1")
  void anAckWithoutTheAnswerThatIsDueEndsTheCall() {
    talk.offered(Body.EMPTY).on(new SessionCommand.Answer(OFFER)).receives("ACK", 1, Body.EMPTY);
    assertThat(talk.requests()).containsExactly("BYE");
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.NO_SESSION_DESCRIPTION, 0, Optional.empty()));
  }

  @Test
  @Rfc("3261 14.2")
  void aSecondInviteBeforeTheAnswerGets500() {
    talk.offered().receives("INVITE", 2, OFFER);
    assertThat(talk.statuses()).containsExactly(500);
    assertThat(talk.lastResponse().headers().has("Retry-After")).isTrue();
  }

  @Test
  @Rfc("3261 12.1.1")
  void whatMakesTheDialogCarriesTheWayBack() {
    talk.offered("Record-Route: <sip:p2.example;lr>", "Record-Route: <sip:p1.example;lr>");
    talk.on(new SessionCommand.Progress(180, Body.EMPTY));
    assertThat(talk.lastResponse().headers().recordRoutes()).hasSize(2);
    String tag = talk.lastResponse().headers().to().tag().orElseThrow();
    talk.on(new SessionCommand.Answer(ANSWER));
    assertThat(talk.lastResponse().headers().recordRoutes()).hasSize(2);
    assertThat(talk.lastResponse().headers().to().tag()).contains(tag);
  }

  @Test
  @Rfc("3261 21.4.1")
  void aMalformedHeaderThatOnlyASessionReadsGets400() {
    talk.offered("Session-Expires: soon");
    assertThat(talk.statuses()).containsExactly(400);
    assertThat(talk.lastResponse().reason()).contains("Session-Expires");
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.UNACCEPTABLE, 400, Optional.empty()));
    Talk other = new Talk();
    other.offered().on(new SessionCommand.Answer(ANSWER)).receives("ACK", 1, Body.EMPTY).forget();
    other.receives("UPDATE", 2, Body.EMPTY, "Session-Expires: soon");
    assertThat(other.statuses()).containsExactly(400);
    assertThat(other.state).isInstanceOf(Established.class);
  }

  @Test
  @Rfc("6026 8.8")
  void anInviteThatCannotBeAnsweredEnds() {
    talk.offered();
    ServerKey ref = ((Incoming) talk.state).ref();
    talk.on(new SessionIn.ServerFailed(ref, Failure.TRANSPORT));
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.TRANSPORT_FAILED, 500, Optional.empty()));
    // The transaction has stayed where it was: it needs a final response to end.
    assertThat(talk.statuses()).containsExactly(500);
  }

  @Test
  @Rfc("3261 8.1.1.8")
  void anInviteWithoutContactGets400() {
    SipRequest invite = Talk.request("INVITE", 1, "caller-tag", "", OFFER);
    talk.offered(invite.withHeaders(invite.headers().without("Contact")));
    assertThat(talk.statuses()).containsExactly(400);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.UNACCEPTABLE, 400, Optional.empty()));
  }
}
