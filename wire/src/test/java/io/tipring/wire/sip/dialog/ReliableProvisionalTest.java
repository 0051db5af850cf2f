package io.tipring.wire.sip.dialog;

import static io.tipring.wire.sip.dialog.Talk.ANSWER;
import static io.tipring.wire.sip.dialog.Talk.OFFER;
import static io.tipring.wire.sip.dialog.Talk.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.SipRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReliableProvisionalTest {
  private static final String CONTACT = "Contact: <sip:them@192.0.2.2:5070>";
  private final Talk talk = new Talk();

  private String rack() {
    return "RAck: " + talk.lastResponse().headers().first("RSeq").orElseThrow() + " 1 INVITE";
  }

  @Test
  @Rfc("3262 3")
  void aDescriptionGoesReliablyToACallerThatCan() {
    talk.offered("Supported: 100rel").on(new SessionCommand.Progress(180, Body.EMPTY));
    assertThat(talk.lastResponse().headers().has("RSeq")).isFalse();
    talk.on(new SessionCommand.Progress(183, ANSWER));
    assertThat(talk.lastResponse().headers().tokens("Require")).containsExactly("100rel");
    assertThat(talk.lastResponse().headers().has("RSeq")).isTrue();
  }

  @Test
  @Rfc("3262 3")
  void everythingGoesReliablyToACallerThatDemandsIt() {
    talk.offered("Require: 100rel").on(new SessionCommand.Progress(180, Body.EMPTY));
    assertThat(talk.lastResponse().headers().has("RSeq")).isTrue();
  }

  @Test
  @Rfc("3262 3")
  void withoutA100relCallerNothingIsReliable() {
    talk.offered().on(new SessionCommand.Progress(183, ANSWER)).passes(30 * SECOND);
    assertThat(talk.statuses()).containsExactly(183);
    assertThat(talk.lastResponse().headers().has("RSeq")).isFalse();
  }

  @Test
  @Rfc("3262 3")
  void itIsRepeatedUntilItsPrackAndTheCallGivenUpAfter64T1() {
    talk.offered("Require: 100rel")
        .on(new SessionCommand.Progress(180, Body.EMPTY))
        .passes(31 * SECOND);
    // At 0, 0.5, 1.5, 3.5, 7.5, 15.5: it doubles without a cap.
    assertThat(talk.statuses()).hasSize(6).containsOnly(180);
    talk.forget().passes(2 * SECOND);
    assertThat(talk.statuses()).containsExactly(180, 504);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.NOT_CONFIRMED, 504, Optional.empty()));
  }

  @Test
  @Rfc("3262 3")
  void theNextWaitsForThePrackAndCountsOn() {
    talk.offered("Require: 100rel").on(new SessionCommand.Progress(180, Body.EMPTY));
    long first = Long.parseLong(talk.lastResponse().headers().first("RSeq").orElseThrow());
    String rack = rack();
    talk.on(new SessionCommand.Progress(183, ANSWER));
    assertThat(talk.statuses()).containsExactly(180);
    talk.receives("PRACK", 2, Body.EMPTY, rack);
    assertThat(talk.statuses()).containsExactly(180, 200, 183);
    assertThat(talk.lastResponse().headers().first("RSeq")).contains(Long.toString(first + 1));
  }

  @Test
  @Rfc("3262 3")
  void a2xxWaitsForThePrackOfADescription() {
    talk.offered("Supported: 100rel").on(new SessionCommand.Progress(183, ANSWER));
    String rack = rack();
    talk.on(new SessionCommand.Answer(ANSWER));
    assertThat(talk.statuses()).containsExactly(183);
    talk.receives("PRACK", 2, Body.EMPTY, rack);
    assertThat(talk.statuses()).containsExactly(183, 200, 200);
    assertThat(talk.lastResponse().headers().cseq().method().token()).isEqualTo("INVITE");
    // RFC 3261 13.2.1: the answer has been given.
    assertThat(talk.lastResponse().body()).isEqualTo(Body.EMPTY);
  }

  @Test
  @Rfc("3262 3")
  void a2xxDoesNotWaitForThePrackOfAMereRinging() {
    talk.offered("Require: 100rel").on(new SessionCommand.Progress(180, Body.EMPTY));
    String rack = rack();
    talk.on(new SessionCommand.Answer(ANSWER));
    assertThat(talk.statuses()).containsExactly(180, 200);
    assertThat(talk.lastResponse().body()).isEqualTo(ANSWER);
    // It comes all the same, and is no stranger; only a second one is.
    talk.forget().receives("PRACK", 2, Body.EMPTY, rack).receives("PRACK", 3, Body.EMPTY, rack);
    assertThat(talk.statuses()).containsExactly(200, 481);
  }

  @Test
  @Rfc("3262 5")
  void aNewOfferInThePrackThatThe2xxDidNotWaitForIsAnsweredInIts200() {
    talk.offered("Require: 100rel").on(new SessionCommand.Progress(180, Body.EMPTY));
    String rack = rack();
    talk.on(new SessionCommand.Answer(ANSWER)).forget().receives("PRACK", 2, OFFER, rack);
    assertThat(talk.statuses()).isEmpty();
    talk.on(new SessionCommand.AcceptChange(ANSWER));
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.lastResponse().headers().cseq()).hasToString("2 PRACK");
    assertThat(talk.lastResponse().body()).isEqualTo(ANSWER);
  }

  @Test
  @Rfc("3262 3")
  void howeverMuchRingingWaitsForThePrackTheAnswerIsNotLost() {
    talk.offered("Supported: 100rel").on(new SessionCommand.Progress(183, ANSWER));
    String rack = rack();
    for (int i = 0; i < 20; i++) {
      talk.on(new SessionCommand.Progress(180, Body.EMPTY));
    }
    talk.on(new SessionCommand.Answer(ANSWER)).on(new SessionCommand.Answer(ANSWER)).forget();
    talk.receives("PRACK", 2, Body.EMPTY, rack);
    assertThat(talk.statuses()).hasSize(10).startsWith(200, 180).endsWith(180, 200);
    assertThat(talk.state).isInstanceOf(Established.class);
  }

  @Test
  @Rfc("3262 3")
  void aPrackForNothingGets481() {
    talk.offered("Require: 100rel").receives("PRACK", 2, Body.EMPTY, "RAck: 1 1 INVITE");
    talk.on(new SessionCommand.Progress(180, Body.EMPTY));
    talk.receives("PRACK", 3, Body.EMPTY, "RAck: 1 1 INVITE");
    assertThat(talk.statuses()).containsExactly(481, 180, 481);
  }

  @Test
  @Rfc("3262 7.2")
  void whiteSpaceInARAckDoesNotMatter() {
    talk.offered("Require: 100rel").on(new SessionCommand.Progress(180, Body.EMPTY));
    talk.receives("PRACK", 2, Body.EMPTY, rack().replace(" ", " \t "));
    assertThat(talk.statuses()).containsExactly(180, 200);
  }

  @Test
  @Rfc("3262 5")
  void anOfferInAReliableProvisionalIsAnsweredInThePrack() {
    talk.offered(Body.EMPTY, "Supported: 100rel").on(new SessionCommand.Progress(183, OFFER));
    String rack = rack();
    talk.forget().receives("PRACK", 2, ANSWER, rack);
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.notices()).containsExactly(new SessionNotice.Changed(ANSWER));
  }

  @Test
  @Rfc("3262 5")
  void aPrackWithoutTheAnswerThatIsDueGets400() {
    talk.offered(Body.EMPTY, "Supported: 100rel").on(new SessionCommand.Progress(183, OFFER));
    talk.receives("PRACK", 2, Body.EMPTY, rack());
    assertThat(talk.statuses()).containsExactly(183, 400);
  }

  @Test
  @Rfc("3262 5")
  void aNewOfferInAPrackIsAnsweredInIts200() {
    talk.offered("Supported: 100rel").on(new SessionCommand.Progress(183, ANSWER));
    String rack = rack();
    talk.forget().receives("PRACK", 2, Body.utf8("another offer"), rack);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.ChangeOffered(Body.utf8("another offer")));
    assertThat(talk.statuses()).isEmpty();
    talk.on(new SessionCommand.AcceptChange(Body.utf8("another answer")));
    assertThat(talk.statuses()).containsExactly(200);
    assertThat(talk.lastResponse().body()).isEqualTo(Body.utf8("another answer"));
  }

  @Test
  @Rfc("3261 13.3.1.1")
  void aCallThatRingsForLongSaysSoEveryMinute() {
    talk.offered().on(new SessionCommand.Progress(180, Body.EMPTY)).passes(130 * SECOND);
    assertThat(talk.statuses()).containsExactly(180, 180, 180);
  }

  // The caller's side

  @Test
  @Rfc("3262 4")
  void aReliableProvisionalGetsItsPrackOnceAndInOrder() {
    talk.calls(OFFER).responds("INVITE", 183, "a", ANSWER, CONTACT, "Require: 100rel", "RSeq: 5");
    var invite = talk.lastRequest("INVITE").request();
    var prack = talk.lastRequest("PRACK").request();
    assertThat(prack.headers().first("RAck")).contains("5 " + invite.headers().cseq());
    assertThat(prack.headers().cseq().number()).isEqualTo(invite.headers().cseq().number() + 1);
    assertThat(prack.uri()).hasToString("sip:them@192.0.2.2:5070");
    assertThat(talk.notices()).containsExactly(new SessionNotice.Progressed(183, ANSWER));
    talk.forget();
    talk.responds(resent(invite), 183, "a", ANSWER, CONTACT, "Require: 100rel", "RSeq: 5");
    talk.responds(resent(invite), 180, "a", Body.EMPTY, CONTACT, "Require: 100rel", "RSeq: 7");
    assertThat(talk.out).isEmpty();
    talk.responds(resent(invite), 180, "a", Body.EMPTY, CONTACT, "Require: 100rel", "RSeq: 6");
    assertThat(talk.requests()).containsExactly("PRACK");
  }

  private SessionOut.SendRequest resent(SipRequest invite) {
    return new SessionOut.SendRequest(((Outgoing) talk.state).caller().ref(), invite);
  }

  @Test
  @Rfc("3262 5")
  void anAnswerInAReliableProvisionalNeedsNoOtherInThe2xx() {
    talk.calls(OFFER).responds("INVITE", 183, "a", ANSWER, CONTACT, "Require: 100rel", "RSeq: 5");
    talk.responds("INVITE", 200, "a", Body.EMPTY, CONTACT);
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.Answered(Body.EMPTY));
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
  }

  @Test
  @Rfc("3262 5")
  void thePrackOfAnOfferCarriesOurAnswer() {
    talk.calls(Body.EMPTY)
        .responds("INVITE", 183, "a", OFFER, CONTACT, "Require: 100rel", "RSeq: 5");
    assertThat(talk.notices()).last().isEqualTo(new SessionNotice.Offered(OFFER));
    assertThat(talk.requests()).containsExactly("INVITE");
    talk.on(new SessionCommand.Answer(ANSWER));
    assertThat(talk.lastRequest("PRACK").request().body()).isEqualTo(ANSWER);
  }

  @Test
  @Rfc("3262 4")
  void everyForkCountsItsOwnProvisionals() {
    talk.calls(OFFER)
        .responds("INVITE", 180, "a", Body.EMPTY, CONTACT, "Require: 100rel", "RSeq: 5");
    talk.responds("INVITE", 180, "b", Body.EMPTY, CONTACT, "Require: 100rel", "RSeq: 900");
    assertThat(talk.requests()).containsExactly("INVITE", "PRACK", "PRACK");
    assertThat(talk.lastRequest("PRACK").request().headers().to().tag()).contains("b");
  }
}
