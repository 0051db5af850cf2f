package io.tipring.wire.sip.dialog;

import static io.tipring.wire.sip.dialog.Talk.ANSWER;
import static io.tipring.wire.sip.dialog.Talk.OFFER;
import static io.tipring.wire.sip.dialog.Talk.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final String CONTACT = "Contact: <sip:them@192.0.2.2:5070>";
  private final Talk talk = new Talk();

  @Test
  @Rfc("3261 13.2.2.4")
  void a2xxIsAcknowledgedAtOnceAndEachCopyAgainWithTheSameAck() {
    talk.calls(OFFER)
        .responds("INVITE", 180, "a", Body.EMPTY, CONTACT)
        .responds("INVITE", 200, "a", ANSWER, CONTACT);
    assertThat(talk.notices())
        .containsExactly(
            new SessionNotice.Progressed(180, Body.EMPTY), new SessionNotice.Answered(ANSWER));
    talk.responds("INVITE", 200, "a", ANSWER, CONTACT);
    List<SessionOut.SendAck> acks = talk.sent(SessionOut.SendAck.class);
    assertThat(acks).hasSize(2);
    assertThat(acks.get(0)).isEqualTo(acks.get(1));
    assertThat(acks.get(0).ack().uri()).hasToString("sip:them@192.0.2.2:5070");
    assertThat(acks.get(0).ack().headers().cseq().number())
        .isEqualTo(talk.lastRequest("INVITE").request().headers().cseq().number());
  }

  @Test
  @Rfc("3261 22.1")
  void theAckHasTheCredentialsOfItsInvite() {
    talk.calls(OFFER, new Header("Proxy-Authorization", "Digest response=\"1\""));
    talk.responds("INVITE", 200, "a", ANSWER, CONTACT)
        .responds("INVITE", 200, "b", ANSWER, CONTACT);
    assertThat(talk.sent(SessionOut.SendAck.class))
        .hasSize(2)
        .allSatisfy(sent ->
            assertThat(sent.ack().headers().all("Proxy-Authorization"))
                .containsExactly("Digest response=\"1\""));
    assertThat(talk.lastRequest("BYE").request().headers().has("Proxy-Authorization")).isFalse();
  }

  @Test
  @Rfc("3261 13.2.2.4")
  void theFirstForkToAnswerWinsAndTheOthersAreHungUp() {
    talk.calls(OFFER)
        .responds("INVITE", 180, "a", Body.EMPTY, CONTACT)
        .responds("INVITE", 180, "b", Body.EMPTY, CONTACT);
    talk.responds("INVITE", 200, "b", ANSWER, CONTACT)
        .responds("INVITE", 200, "a", ANSWER, CONTACT);
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(2);
    assertThat(talk.requests()).containsExactly("INVITE", "BYE");
    assertThat(talk.lastRequest("BYE").request().headers().to().tag()).contains("a");
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.Answered(ANSWER));
  }

  @Test
  @Rfc("3261 9.1")
  void cancelWaitsForAProvisional() {
    talk.calls(OFFER).on(new SessionCommand.HangUp());
    assertThat(talk.sent(SessionOut.SendCancel.class)).isEmpty();
    talk.responds("INVITE", 100, "", Body.EMPTY);
    assertThat(talk.sent(SessionOut.SendCancel.class)).hasSize(1);
    talk.responds("INVITE", 487, "a", Body.EMPTY);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.LOCAL_CANCEL, 487, Optional.empty()));
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 9.1")
  void a200ThatCrossesTheCancelIsAcknowledgedAndHungUp() {
    talk.calls(OFFER)
        .responds("INVITE", 180, "a", Body.EMPTY, CONTACT)
        .on(new SessionCommand.HangUp());
    talk.responds("INVITE", 200, "a", ANSWER, CONTACT);
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
    assertThat(talk.requests()).containsExactly("INVITE", "BYE");
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.LOCAL_CANCEL, 0, Optional.empty()));
  }

  @Test
  @Rfc("3261 22.2")
  @Rfc("3261 8.1.3.5")
  void aChallengeIsAnsweredWithTheNextNumber() {
    talk.calls(OFFER)
        .responds("INVITE", 401, "a", Body.EMPTY, "WWW-Authenticate: Digest realm=\"x\"");
    assertThat(talk.notices()).hasSize(1).first().isInstanceOf(SessionNotice.Challenged.class);
    long first = talk.lastRequest("INVITE").request().headers().cseq().number();
    talk.on(new SessionCommand.Retry(List.of(new Header("Authorization", "Digest x"))));
    assertThat(talk.lastRequest("INVITE").request().headers().cseq().number()).isEqualTo(first + 1);
    assertThat(talk.lastRequest("INVITE").request().headers().first("Authorization"))
        .contains("Digest x");
    assertThat(talk.lastRequest("INVITE").request().body()).isEqualTo(OFFER);
  }

  @Test
  @Rfc("3261 9.1")
  void aCancelledCallThatStaysSilentIsForgotten() {
    talk.calls(OFFER)
        .responds("INVITE", 180, "a", Body.EMPTY, CONTACT)
        .on(new SessionCommand.HangUp())
        .passes(33 * SECOND);
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 13.2.2.3")
  @Rfc("3326 2")
  void aFailureEndsTheCallWithItsReason() {
    talk.calls(OFFER).responds("INVITE", 486, "a", Body.EMPTY, "Reason: Q.850;cause=17");
    assertThat(talk.notices())
        .containsExactly(
            new SessionNotice.Ended(EndCause.REFUSED, 486, Optional.of("Q.850;cause=17")));
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 8.1.3.1")
  void silenceIsLike408() {
    talk.calls(OFFER).failed(talk.lastRequest("INVITE").ref());
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.NO_ANSWER, 408, Optional.empty()));
  }

  @Test
  @Rfc("3261 13.2.2.4")
  void anOfferInThe2xxIsAnsweredInTheAck() {
    talk.calls(Body.EMPTY).responds("INVITE", 200, "a", OFFER, CONTACT);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Answered(Body.EMPTY), new SessionNotice.Offered(OFFER));
    talk.responds("INVITE", 200, "a", OFFER, CONTACT);
    assertThat(talk.sent(SessionOut.SendAck.class)).isEmpty();
    talk.on(new SessionCommand.Answer(ANSWER));
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
    assertThat(talk.sent(SessionOut.SendAck.class).getFirst().ack().body()).isEqualTo(ANSWER);
  }

  @Test
  @Rfc("3261 13.2.1")
  void a2xxWithoutTheAnswerIsAcknowledgedAndHungUp() {
    talk.calls(OFFER).responds("INVITE", 200, "a", Body.EMPTY, CONTACT);
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
    assertThat(talk.requests()).containsExactly("INVITE", "BYE");
    assertThat(talk.notices())
        .containsExactly(
            new SessionNotice.Ended(EndCause.NO_SESSION_DESCRIPTION, 0, Optional.empty()));
  }

  @Test
  @Rfc("3261 13.2.1")
  void anAnswerThatCameOnlyInAnUnreliable183IsTaken() {
    talk.calls(OFFER)
        .responds("INVITE", 183, "a", ANSWER, CONTACT)
        .responds("INVITE", 200, "a", Body.EMPTY, CONTACT);
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.Answered(ANSWER));
  }

  @Test
  @Rfc("3261 13.2.2.4")
  void aForkThatAnswersAfterTheEndIsHungUpToo() {
    talk.calls(OFFER)
        .responds("INVITE", 200, "a", ANSWER, CONTACT)
        .on(new SessionCommand.HangUp())
        .forget();
    var invite = ((Role.Caller) ((Farewell) talk.state).role());
    talk.responds(
        new SessionOut.SendRequest(invite.ref(), invite.invite()), 200, "b", ANSWER, CONTACT);
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
    assertThat(talk.requests()).containsExactly("BYE");
    assertThat(talk.notices()).isEmpty();
  }

  @Test
  @Rfc("3261 22.2")
  @Rfc("3261 22.3")
  void aChallengeThatCannotBeMetEndsTheCall() {
    talk.calls(OFFER)
        .responds("INVITE", 407, "a", Body.EMPTY)
        .on(new SessionCommand.Retry(List.of()));
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.REFUSED, 407, Optional.empty()));
  }

  @Test
  @Rfc("3261 9.1")
  void aCallThatNobodyAnswersIsCancelled() {
    talk.calls(OFFER).responds("INVITE", 180, "a", Body.EMPTY, CONTACT).passes(181 * SECOND);
    assertThat(talk.sent(SessionOut.SendCancel.class)).hasSize(1);
    talk.responds("INVITE", 487, "a", Body.EMPTY);
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.NO_ANSWER, 487, Optional.empty()));
  }

  @Test
  @Rfc("3261 15.1.2")
  void theCalleesByeEndsTheCallAndCopiesOfThe2xxAreStillAcknowledged() {
    talk.calls(OFFER).responds("INVITE", 200, "a", ANSWER, CONTACT);
    var invite = talk.lastRequest("INVITE");
    var bye = Talk.request("BYE", 1, "a", talk.state.localTag(), Body.EMPTY);
    talk.receives(bye.withHeaders(bye.headers().replaced("Call-ID", talk.state.callId()))).forget();
    talk.responds(invite, 200, "a", ANSWER, CONTACT);
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
    talk.passes(33 * SECOND);
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 12.1")
  void aProvisionalWithoutTagMakesNoDialog() {
    talk.calls(OFFER).responds("INVITE", 180, "", Body.EMPTY);
    assertThat(talk.notices()).containsExactly(new SessionNotice.Progressed(180, Body.EMPTY));
    assertThat(((Outgoing) talk.state).forks()).isEmpty();
  }
}
