package io.tipring.edge.sip;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallApp;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.core.call.CallLimits;
import io.tipring.media.spec.Direction;
import io.tipring.media.spec.Encoding;
import io.tipring.media.spec.MediaCommand;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserAgentTest {
  private static final String SDP =
      """
      v=0
      o=- 1 1 IN IP4 192.0.2.7
      s=-
      c=IN IP4 192.0.2.7
      t=0 0
      m=audio 7000 RTP/AVP 8 0 96
      a=rtpmap:96 telephone-event/8000
      """;
  private static final CallApp ANSWERS =
      event ->
          switch (event) {
            case Event.CallCreated _ -> List.of(new Operation.Answer());
            case Event _ -> List.of();
          };

  private final Bench bench = new Bench(ANSWERS);

  private static String request(String method, String uri, String extra, String body) {
    return request(method, uri, "", 1, extra, body);
  }

  private static String request(
      String method, String uri, String toTag, int cseq, String extra, String body) {
    return method
        + " "
        + uri
        + " SIP/2.0\n"
        + "Via: SIP/2.0/UDP 127.0.0.1:6060;branch=z9hG4bK-"
        + method
        + cseq
        + "\n"
        + "Max-Forwards: 70\n"
        + "From: <sip:alice@127.0.0.1>;tag=a1\n"
        + "To: <"
        + uri
        + ">"
        + (toTag.isEmpty() ? "" : ";tag=" + toTag)
        + "\n"
        + "Call-ID: call-1\n"
        + "CSeq: "
        + cseq
        + " "
        + method
        + "\n"
        + "Contact: <sip:alice@127.0.0.1:6060>\n"
        + extra
        + "Content-Length: "
        + body.replace("\n", "\r\n").length()
        + "\n\n"
        + body;
  }

  private static String invite(String extra, String body) {
    return request("INVITE", "sip:echo@127.0.0.1", extra, body);
  }

  private static final String SDP_TYPE = "Content-Type: application/sdp\n";

  private void expect(int status) {
    assertThat(bench.lastResponse().status()).isEqualTo(status);
    assertThat(bench.lastResponse().headers().to().tag()).isPresent();
  }

  private void confirm() {
    String tag = bench.lastResponse().headers().to().tag().orElseThrow();
    bench.receive(request("ACK", "sip:echo@127.0.0.1", tag, 1, "", ""));
  }

  @Test
  void aCallIsAnsweredInTheOfferersOrderAndItsPipelineOpened() {
    bench.receive(invite(SDP_TYPE, SDP));
    expect(200);
    assertThat(bench.lastResponse().body().text()).contains("m=audio 20000 RTP/AVP 8 96");
    assertThat(bench.sounded)
        .singleElement()
        .satisfies(command -> {
          var open = (MediaCommand.Open) command;
          assertThat(open.spec().encoding()).isEqualTo(Encoding.PCMA);
          assertThat(open.spec().telephoneEvents()).hasValue(96);
          assertThat(open.spec().eventKeys()).isEqualTo("0123456789*#ABCD");
          assertThat(open.spec().peer().host()).isEqualTo("192.0.2.7");
          assertThat(open.spec().peer().rtpPort()).isEqualTo(7000);
        });
    confirm();
    assertThat(bench.events()).anyMatch(Event.OperationSucceeded.class::isInstance);
  }

  @Test
  void nothingIsSentBeforeTheCallerHasShownThatItReadsOurAnswer() {
    bench.receive(invite(SDP_TYPE, SDP));
    assertThat(bench.sounded)
        .singleElement()
        .isInstanceOfSatisfying(
            MediaCommand.Open.class,
            c -> assertThat(c.spec().direction()).isEqualTo(Direction.RECEIVE_ONLY));
    confirm();
    assertThat(bench.sounded.getLast())
        .isInstanceOfSatisfying(
            MediaCommand.Change.class,
            c -> assertThat(c.spec().direction()).isEqualTo(Direction.SEND_RECEIVE));
    confirm();
    assertThat(bench.sounded).as("its ACK comes again with each copy of the 200").hasSize(2);
  }

  @Test
  void theCallersByeEndsLegCallAndPipeline() {
    bench.receive(invite(SDP_TYPE, SDP));
    confirm();
    String tag = bench.lastResponse().headers().to().tag().orElseThrow();
    bench.receive(request("BYE", "sip:echo@127.0.0.1", tag, 2, "", ""));
    expect(200);
    assertThat(bench.sounded.getLast()).isInstanceOf(MediaCommand.Close.class);
    assertThat(bench.events().getLast())
        .isInstanceOfSatisfying(
            Event.CallEnded.class, e -> assertThat(e.reason()).isEqualTo(EndReason.CALLER_HUNG_UP));
    bench.run(64_000);
    assertThat(bench.exchange.residue()).isZero();
  }

  @Test
  void anAnswerThatIsNeverConfirmedEndsWithBye() {
    bench.receive(invite(SDP_TYPE, SDP));
    bench.run(33_000);
    assertThat(bench.sent.getLast())
        .isInstanceOfSatisfying(
            SipRequest.class, r -> assertThat(r.method()).isEqualTo(Method.BYE));
    bench.run(70_000);
    assertThat(bench.events().getLast())
        .isInstanceOfSatisfying(
            Event.CallEnded.class, e -> assertThat(e.reason()).isEqualTo(EndReason.NOT_CONFIRMED));
    assertThat(bench.exchange.residue()).isZero();
  }

  @Test
  void aLateOfferIsOursToMake() {
    bench.receive(invite("", ""));
    expect(200);
    assertThat(bench.lastResponse().body().text()).contains("m=audio 20000 RTP/AVP 0 8 101");
    String tag = bench.lastResponse().headers().to().tag().orElseThrow();
    bench.receive(request("ACK", "sip:echo@127.0.0.1", tag, 1, SDP_TYPE, SDP));
    assertThat(bench.sounded).singleElement().isInstanceOf(MediaCommand.Open.class);
    assertThat(bench.events()).anyMatch(Event.OperationSucceeded.class::isInstance);
  }

  @Test
  void holdAndResumeChangeThePipeline() {
    bench.receive(invite(SDP_TYPE, SDP));
    confirm();
    String tag = bench.lastResponse().headers().to().tag().orElseThrow();
    bench.receive(request("INVITE", "sip:echo@127.0.0.1", tag, 2, SDP_TYPE, SDP + "a=sendonly\n"));
    expect(200);
    assertThat(bench.sounded.getLast())
        .isInstanceOfSatisfying(
            MediaCommand.Change.class,
            c -> assertThat(c.spec().direction()).isEqualTo(Direction.RECEIVE_ONLY));
    bench.receive(request("ACK", "sip:echo@127.0.0.1", tag, 2, "", ""));
    assertThat(bench.events()).contains(heldEvent());
  }

  private Event heldEvent() {
    return bench.events().stream()
        .filter(Event.LegCreated.class::isInstance)
        .map(e -> new Event.LegChanged(((Event.LegCreated) e).leg(), Event.LegState.HELD))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNameNobodyHasIsNotFoundAndItsCallerNoted() {
    bench.receive(request("INVITE", "sip:nobody@127.0.0.1", SDP_TYPE, SDP));
    expect(404);
    assertThat(bench.strangers).hasSize(1);
    assertThat(bench.lastResponse().headers().first("Reason"))
        .hasValue("Q.850;cause=1;text=\"Unallocated number\"");
  }

  @Test
  void anOfferWeCannotTakeIsNotAcceptableAndSaysWhy() {
    bench.receive(
        invite(
            SDP_TYPE,
            SDP.replace("8 0 96", "18").replace("a=rtpmap:96 telephone-event/8000\n", "")));
    expect(488);
    assertThat(bench.lastResponse().headers().first("Warning").orElseThrow())
        .startsWith("305 tipring");
    assertThat(bench.journal).isEmpty();
  }

  @Test
  void withoutAPortThereIsNoService() {
    bench.portsLeft = false;
    bench.receive(invite(SDP_TYPE, SDP));
    expect(503);
    assertThat(bench.lastResponse().headers().has("Retry-After")).isTrue();
  }

  @Test
  void optionsTellWhatWeCanDo() {
    bench.receive(request("OPTIONS", "sip:127.0.0.1", "", ""));
    expect(200);
    assertThat(bench.lastResponse().headers().first("Allow")).hasValue(UserAgent.ALLOW);
    bench.receive(request("OPTIONS", "sip:nobody@127.0.0.1", "", 2, "", ""));
    expect(404);
  }

  @Test
  void requestsThatAreNotForUsAreRefusedByKind() {
    bench.receive(request("REGISTER", "sip:127.0.0.1", "", ""));
    expect(405);
    bench.receive(request("BREW", "sip:echo@127.0.0.1", "", ""));
    expect(501);
    bench.receive(request("OPTIONS", "pots:5551212", "", ""));
    expect(416);
    bench.receive(request("OPTIONS", "sip:echo@127.0.0.1", "", 3, "Require: teleport\n", ""));
    expect(420);
    assertThat(bench.lastResponse().headers().first("Unsupported")).hasValue("teleport");
    bench.receive(
        request("INVITE", "sip:echo@127.0.0.1", "", 4, "Content-Type: text/plain\n", "hello\n"));
    expect(415);
    assertThat(bench.lastResponse().headers().first("Accept")).hasValue("application/sdp");
    bench.receive(request("BYE", "sip:echo@127.0.0.1", "gone", 5, "", ""));
    expect(481);
  }

  @Test
  void aRetransmittedInviteIsAnsweredTheSameAndMakesNoSecondCall() {
    bench.receive(invite(SDP_TYPE, SDP));
    SipResponse first = bench.lastResponse();
    bench.receive(invite(SDP_TYPE, SDP));
    assertThat(bench.events()).filteredOn(Event.CallCreated.class::isInstance).hasSize(1);
    assertThat(bench.sent.stream().filter(first::equals).count()).isGreaterThanOrEqualTo(1);
  }

  @Test
  void cancelEndsACallThatRings() {
    Bench ringing =
        new Bench(event ->
            switch (event) {
              case Event.CallCreated _ -> List.of(new Operation.Ring());
              case Event _ -> List.of();
            });
    ringing.receive(invite(SDP_TYPE, SDP));
    assertThat(ringing.lastResponse().status()).isEqualTo(180);
    ringing.receive(
        request("CANCEL", "sip:echo@127.0.0.1", "", 1, "", "")
            .replace("z9hG4bK-CANCEL1", "z9hG4bK-INVITE1"));
    List<Integer> statuses =
        ringing.sent.stream()
            .filter(SipResponse.class::isInstance)
            .map(m -> ((SipResponse) m).status())
            .toList();
    assertThat(statuses).contains(200, 487);
    assertThat(ringing.events().getLast())
        .isInstanceOfSatisfying(
            Event.CallEnded.class,
            e -> assertThat(e.reason()).isEqualTo(EndReason.CALLER_CANCELLED));
  }

  @Test
  void whoIsNotAnsweredHearsWhyTheCallEnded() {
    Bench silent = new Bench(_ -> List.of());
    silent.receive(invite(SDP_TYPE, SDP));
    silent.exchange.drain(0, () -> {});
    silent.run(0);
    assertThat(silent.lastResponse().status()).isEqualTo(503);
    assertThat(silent.lastResponse().headers().has("Retry-After")).isTrue();

    Bench slow = new Bench(_ -> List.of());
    slow.receive(invite(SDP_TYPE, SDP));
    slow.run(CallLimits.STANDARD.unanswered().toMillis());
    assertThat(slow.lastResponse().status()).isEqualTo(480);

    Bench declines =
        new Bench(event ->
            switch (event) {
              case Event.CallCreated _ -> List.of(new Operation.HangUp());
              case Event _ -> List.of();
            });
    declines.receive(invite(SDP_TYPE, SDP));
    assertThat(declines.lastResponse().status()).isEqualTo(603);
  }

  @Test
  void anInviteAndItsCancelThatWaitTogetherLeaveNothingBehind() {
    Bench waiting = new Bench(_ -> List.of());
    waiting.arrive(invite(SDP_TYPE, SDP));
    waiting.arrive(
        request("CANCEL", "sip:echo@127.0.0.1", "", 1, "", "")
            .replace("z9hG4bK-CANCEL1", "z9hG4bK-INVITE1"));
    waiting.run(0);
    assertThat(waiting.exchange.calls()).isZero();
    waiting.run(64_000);
    assertThat(waiting.exchange.residue()).isZero();
  }

  @Test
  void aKeyByInfoReachesTheApplication() {
    bench.receive(invite(SDP_TYPE, SDP));
    confirm();
    String tag = bench.lastResponse().headers().to().tag().orElseThrow();
    bench.receive(
        request(
            "INFO",
            "sip:echo@127.0.0.1",
            tag,
            2,
            "Content-Type: application/dtmf-relay\n",
            "Signal=5\nDuration=160\n"));
    expect(200);
    assertThat(bench.events())
        .anyMatch(e ->
            e instanceof Event.DigitPressed digit
                && digit.sensitive() // nobody asked for it: the journal does not learn which
                && digit.method() == Event.DigitMethod.SIP_INFO
                && digit.duration().toMillis() == 160);
  }

  @Test
  void nothingIsSentButAnswersAndByes() {
    bench.receive(invite(SDP_TYPE, SDP));
    confirm();
    for (SipMessage message : bench.sent) {
      if (message instanceof SipRequest request) {
        assertThat(request.method()).isEqualTo(Method.BYE);
      }
    }
  }
}
