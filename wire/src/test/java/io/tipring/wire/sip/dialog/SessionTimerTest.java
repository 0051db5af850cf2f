package io.tipring.wire.sip.dialog;

import static io.tipring.wire.sip.dialog.Talk.ANSWER;
import static io.tipring.wire.sip.dialog.Talk.OFFER;
import static io.tipring.wire.sip.dialog.Talk.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.SipHeaders;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTimerTest {
  private static final String CONTACT = "Contact: <sip:them@192.0.2.2:5070>";
  private final Talk talk = new Talk();

  private Talk answered(String... headers) {
    talk.offered(headers).on(new SessionCommand.Answer(ANSWER));
    return talk.receives("ACK", 1, Body.EMPTY);
  }

  private String expires() {
    return talk.lastResponse().headers().first("Session-Expires").orElse("none");
  }

  @Test
  @Rfc("4028 9")
  void aCallerThatAsksForNothingIsRefreshedByUs() {
    answered();
    assertThat(expires()).isEqualTo("1800;refresher=uas");
    assertThat(talk.lastResponse().headers().tokens("Require")).isEmpty();
    talk.forget().passes(900 * SECOND);
    // No UPDATE: the peer has not said that it allows it.
    assertThat(talk.requests()).containsExactly("INVITE");
    assertThat(talk.lastRequest("INVITE").request().body()).isEqualTo(ANSWER);
    assertThat(talk.lastRequest("INVITE").request().headers().first("Session-Expires"))
        .contains("1800;refresher=uac");
  }

  @Test
  @Rfc("4028 9")
  void theCallerMayChooseWhoRefreshes() {
    answered("Supported: timer", "Session-Expires: 600;refresher=uac");
    assertThat(expires()).isEqualTo("600;refresher=uac");
    assertThat(talk.lastResponse().headers().tokens("Require")).containsExactly("timer");
  }

  @Test
  @Rfc("4028 9")
  @Rfc("4028 5")
  void anIntervalBelowOurMinimumGets422() {
    talk.offered("Supported: timer", "Session-Expires: 60");
    assertThat(talk.statuses()).containsExactly(422);
    assertThat(talk.lastResponse().headers().first("Min-SE")).contains("90");
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.UNACCEPTABLE, 422, Optional.empty()));
  }

  @Test
  @Rfc("4028 10")
  void withoutARefreshTheCallEndsBeforeTheInterval() {
    answered("Supported: timer", "Session-Expires: 600;refresher=uac")
        .forget()
        .passes(567 * SECOND);
    assertThat(talk.out).isEmpty();
    talk.passes(SECOND);
    assertThat(talk.requests()).containsExactly("BYE");
    assertThat(talk.lastRequest("BYE").request().headers().first("Reason").orElseThrow())
        .startsWith("Q.850;cause=102;");
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.SESSION_EXPIRED, 0, Optional.empty()));
  }

  @Test
  @Rfc("4028 10")
  void aShortIntervalEndsAThirdBefore() {
    answered("Supported: timer", "Session-Expires: 90;refresher=uac").forget().passes(59 * SECOND);
    assertThat(talk.out).isEmpty();
    talk.passes(SECOND);
    assertThat(talk.requests()).containsExactly("BYE");
  }

  @Test
  @Rfc("4028 9")
  void eachRefreshOfThePeerBeginsTheIntervalAnew() {
    answered("Supported: timer", "Session-Expires: 600;refresher=uac").forget();
    for (int i = 2; i < 10; i++) {
      talk.passes(500 * SECOND)
          .receives(
              "UPDATE", i, Body.EMPTY, "Supported: timer", "Session-Expires: 600;refresher=uac");
    }
    assertThat(talk.statuses()).hasSize(8).containsOnly(200);
    assertThat(expires()).isEqualTo("600;refresher=uac");
    assertThat(talk.requests()).isEmpty();
  }

  @Test
  @Rfc("4028 7.4")
  @Rfc("3311 4")
  void weRefreshByUpdateWhenThePeerAllowsIt() {
    answered("Allow: INVITE, UPDATE", "Supported: timer", "Session-Expires: 600;refresher=uas")
        .forget();
    for (int i = 0; i < 5; i++) {
      talk.passes(300 * SECOND)
          .responds("UPDATE", 200, "", Body.EMPTY, "Session-Expires: 600;refresher=uac");
    }
    assertThat(talk.requests()).hasSize(5).containsOnly("UPDATE");
    assertThat(talk.notices()).isEmpty();
  }

  @Test
  @Rfc("4028 7.1")
  void ourInviteAsksForTheInterval() {
    talk.calls(OFFER);
    var headers = talk.lastRequest("INVITE").request().headers();
    assertThat(headers.first("Session-Expires")).contains("1800");
    assertThat(headers.tokens("Supported")).contains("timer");
  }

  @Test
  @Rfc("4028 7.3")
  void a422IsObeyedWithTheSameCallId() {
    talk.calls(OFFER);
    var first = talk.lastRequest("INVITE").request().headers();
    talk.responds("INVITE", 422, "a", Body.EMPTY, "Min-SE: 3600");
    var second = talk.lastRequest("INVITE").request().headers();
    assertThat(talk.notices()).isEmpty();
    assertThat(second.first("Session-Expires")).contains("3600");
    assertThat(second.first("Min-SE")).contains("3600");
    assertThat(second.callId()).isEqualTo(first.callId());
    assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
  }

  @Test
  @Rfc("4028 7.3")
  void aPeerThatAsksForEverMoreIsGivenUp() {
    talk.calls(OFFER).responds("INVITE", 422, "a", Body.EMPTY, "Min-SE: 3600");
    talk.responds("INVITE", 422, "a", Body.EMPTY, "Min-SE: 7200");
    assertThat(talk.notices())
        .containsExactly(new SessionNotice.Ended(EndCause.REFUSED, 422, Optional.empty()));
  }

  @Test
  @Rfc("4028 7.2")
  void withoutAnIntervalInThe2xxThereIsNone() {
    talk.calls(OFFER)
        .responds("INVITE", 200, "a", ANSWER, CONTACT)
        .forget()
        .passes(100_000 * SECOND);
    assertThat(talk.out).isEmpty();
    assertThat(talk.state.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
  }

  /// A call of ours whose 200 tells us to refresh it.
  private void calledAndRefreshes() {
    talk.calls(OFFER)
        .responds(
            "INVITE",
            200,
            "a",
            ANSWER,
            CONTACT,
            "Allow: UPDATE",
            "Session-Expires: 600;refresher=uac");
  }

  @Test
  @Rfc("4028 7.2")
  void the2xxSaysWhoRefreshes() {
    calledAndRefreshes();
    talk.forget().passes(300 * SECOND);
    assertThat(talk.requests()).containsExactly("UPDATE");
  }

  @Test
  @Rfc("4028 7.4")
  void aRefreshThatFindsNobodyEndsTheCall() {
    calledAndRefreshes();
    talk.passes(300 * SECOND).failed(talk.lastRequest("UPDATE").ref());
    assertThat(talk.notices())
        .last()
        .isEqualTo(new SessionNotice.Ended(EndCause.DIALOG_GONE, 0, Optional.empty()));
  }

  @Test
  @Rfc("4028 4")
  void nobodyCanMakeUsRefreshOften() {
    answered("Session-Expires: 1;refresher=uas");
    assertThat(expires()).isEqualTo("90;refresher=uas");
  }

  @Test
  @Rfc("4028 7.4")
  void theGreatestMinimumThatWasHeardGoesWithEachRefresh() {
    answered(
            "Allow: UPDATE",
            "Supported: timer",
            "Session-Expires: 600;refresher=uas",
            "Min-SE: 300")
        .passes(300 * SECOND);
    assertThat(refresh().first("Min-SE")).contains("300");
    talk.responds("UPDATE", 422, "", Body.EMPTY, "Min-SE: 900");
    assertThat(refresh().first("Session-Expires")).contains("900;refresher=uac");
    assertThat(refresh().first("Min-SE")).contains("900");
    talk.responds("UPDATE", 200, "", Body.EMPTY, "Session-Expires: 900;refresher=uac")
        .passes(450 * SECOND);
    assertThat(talk.requests()).containsExactly("UPDATE", "UPDATE", "UPDATE");
    assertThat(refresh().first("Min-SE")).contains("900");
  }

  private SipHeaders refresh() {
    return talk.lastRequest("UPDATE").request().headers();
  }

  @Test
  @Rfc("3261 21.4.6")
  @Rfc("3261 21.5.2")
  void aPeerThatDoesNotKnowUpdateAfterAllIsRefreshedByReinvite() {
    answered("Allow: INVITE, UPDATE", "Supported: timer", "Session-Expires: 600;refresher=uas")
        .forget();
    talk.passes(300 * SECOND).responds("UPDATE", 501, "", Body.EMPTY);
    assertThat(talk.requests()).containsExactly("UPDATE", "INVITE");
    talk.responds("INVITE", 200, "", Body.utf8("v=0 same"), "Session-Expires: 600;refresher=uac");
    assertThat(talk.sent(SessionOut.SendAck.class)).hasSize(1);
    assertThat(talk.notices()).isEmpty();
    talk.forget().passes(300 * SECOND);
    assertThat(talk.requests()).containsExactly("INVITE");
  }
}
