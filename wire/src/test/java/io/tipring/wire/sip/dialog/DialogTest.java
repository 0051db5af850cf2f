package io.tipring.wire.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import org.junit.jupiter.api.Test;

class DialogTest {
  private static final SipRequest INVITE =
      Talk.request(
          "INVITE",
          10,
          "caller-tag",
          "",
          Body.EMPTY,
          "Record-Route: <sip:p2.example;lr>, <sip:p1.example;lr>");

  private static SipResponse success(String... recordRoutes) {
    SipResponse response = SipResponse.to(INVITE, 200).withToTag("callee-tag");
    var headers = response.headers().with("Contact", "<sip:callee@192.0.2.9>");
    for (String route : recordRoutes) {
      headers = headers.with("Record-Route", route);
    }
    return response.withHeaders(headers);
  }

  @Test
  @Rfc("3261 12.1.1")
  void aCalleeTakesTheRouteSetInOrderAndTheContactAsTarget() {
    Dialog dialog = Dialog.asUas(INVITE, "callee-tag");
    assertThat(dialog.id()).isEqualTo(new Dialog.Id("their-call", "callee-tag", "caller-tag"));
    assertThat(dialog.remoteSeq()).isEqualTo(10);
    SipRequest bye = dialog.advanced().request(Method.BYE);
    assertThat(bye.uri()).hasToString("sip:them@192.0.2.2:5070");
    assertThat(bye.headers().all("Route"))
        .containsExactly("<sip:p2.example;lr>", "<sip:p1.example;lr>");
    assertThat(bye.headers().from().tag()).contains("callee-tag");
    assertThat(bye.headers().to().tag()).contains("caller-tag");
  }

  @Test
  @Rfc("3261 12.1.2")
  void aCallerTakesTheRouteSetInReverse() {
    Dialog dialog = Dialog.asUac(INVITE, success("<sip:p2.example;lr>", "<sip:p1.example;lr>"));
    SipRequest bye = dialog.advanced().request(Method.BYE);
    assertThat(bye.headers().all("Route"))
        .containsExactly("<sip:p1.example;lr>", "<sip:p2.example;lr>");
    assertThat(bye.headers().cseq()).hasToString("11 BYE");
    assertThat(bye.uri()).hasToString("sip:callee@192.0.2.9");
  }

  @Test
  @Rfc("3261 13.2.2.4")
  void the2xxReplacesTheRouteSetOfAnEarlyDialog() {
    Dialog early = Dialog.asUac(INVITE, success("<sip:old.example;lr>"));
    Dialog confirmed = early.confirmedBy(success("<sip:new.example;lr>"));
    SipRequest ack = confirmed.ack(INVITE);
    assertThat(ack.headers().all("Route")).containsExactly("<sip:new.example;lr>");
    assertThat(ack.headers().cseq()).hasToString("10 ACK");
  }

  @Test
  @Rfc("3261 12.2.1.1")
  @Rfc("3261 19.1.1")
  void aStrictRouterTakesTheRequestUri() {
    Dialog dialog =
        Dialog.asUac(INVITE, success("<sip:p2.example;lr>", "<sip:strict.example;method=INVITE>"));
    SipRequest bye = dialog.advanced().request(Method.BYE);
    assertThat(bye.uri()).hasToString("sip:strict.example");
    assertThat(bye.headers().all("Route"))
        .containsExactly("<sip:p2.example;lr>", "<sip:callee@192.0.2.9>");
  }

  @Test
  @Rfc("3261 12.2.2")
  void aRequestIsOfTheDialogByCallIdAndBothTags() {
    Dialog dialog = Dialog.asUas(INVITE, "callee-tag");
    assertThat(dialog.isOf(Talk.request("BYE", 11, "caller-tag", "callee-tag", Body.EMPTY)))
        .isTrue();
    assertThat(dialog.isOf(Talk.request("BYE", 11, "other", "callee-tag", Body.EMPTY))).isFalse();
    assertThat(dialog.isOf(Talk.request("BYE", 11, "caller-tag", "other", Body.EMPTY))).isFalse();
    assertThat(dialog.isOutOfOrder(Talk.request("BYE", 9, "caller-tag", "callee-tag", Body.EMPTY)))
        .isTrue();
  }

  @Test
  @Rfc("3261 12.2.1.2")
  void aTargetRefreshMovesTheTargetAndNotTheRoute() {
    Dialog dialog =
        Dialog.asUas(INVITE, "callee-tag")
            .refreshedBy(success("<sip:ignored.example;lr>").headers());
    SipRequest bye = dialog.advanced().request(Method.BYE);
    assertThat(bye.uri()).hasToString("sip:callee@192.0.2.9");
    assertThat(bye.headers().all("Route"))
        .containsExactly("<sip:p2.example;lr>", "<sip:p1.example;lr>");
  }
}
