package io.tipring.wire.sip.dialog;

import static io.tipring.wire.sip.dialog.Talk.ANSWER;
import static io.tipring.wire.sip.dialog.Talk.OFFER;
import static io.tipring.wire.sip.dialog.Talk.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.transaction.Rfc;
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
    assertThat(talk.notices()).containsExactly(new SessionNotice.Ended(EndCause.NOT_CONFIRMED, 0, Optional.empty()));
    assertThat(talk.requests()).containsExactly("BYE");
  }

  @Test
  @Rfc("3261 9.2")
  void aCancelEndsTheRingingCallWith487() {
    talk.offered().forget().receives("CANCEL", 1, Body.EMPTY, "Reason: SIP;cause=200;text=\"elsewhere\"");
    assertThat(talk.statuses()).containsExactly(200, 487);
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(
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
    assertThat(talk.notices()).containsExactly(new SessionNotice.Ended(EndCause.REMOTE_BYE, 0, Optional.empty()));
    assertThat(talk.state.closed()).isTrue();
  }

  @Test
  @Rfc("3261 15.1.1")
  void hangingUpSendsByeAndWaitsForItsAnswer() {
    answered().on(new SessionCommand.HangUp());
    assertThat(talk.requests()).containsExactly("BYE");
    assertThat(talk.notices()).containsExactly(new SessionNotice.Ended(EndCause.LOCAL_BYE, 0, Optional.empty()));
    talk.forget().responds(bye(), 200, "", Body.EMPTY);
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
    assertThat(talk.notices()).containsExactly(new SessionNotice.Ended(EndCause.UNACCEPTABLE, 420, Optional.empty()));
  }
}
