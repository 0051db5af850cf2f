package io.tipring.edge.sip;

import static io.tipring.edge.sip.Requesting.ALICE;
import static io.tipring.edge.sip.Requesting.BOB;
import static io.tipring.edge.sip.Requesting.TCP_AT_BOB;
import static io.tipring.edge.sip.Requesting.UDP_AT_BOB;
import static io.tipring.edge.sip.Requesting.inDialog;
import static io.tipring.edge.sip.Requesting.request;
import static io.tipring.edge.sip.Requesting.via;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ServerKey;
import io.tipring.wire.sip.transaction.Timers;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One table, the test plays its network and its user.
class TransactionTableTest {
  private record Sent(FlowId flow, SipMessage message) {
    String line() {
      return switch (message) {
        case SipRequest r -> r.method().token();
        case SipResponse r -> r.status() + " " + r.headers().cseq().method();
      };
    }
  }

  private final SimulatedLane lane = new SimulatedLane(1_000_000_000_000L);
  private final List<Sent> sent = new ArrayList<>();
  private final RecordingUser user = new RecordingUser();
  private TransactionTable table;
  private Arrivals network;

  @BeforeEach
  void make() {
    make(TransactionSettings.STANDARD);
  }

  private void make(TransactionSettings settings) {
    Flows flows =
        new Flows() {
          @Override
          public void send(FlowId flow, SipMessage message) {
            sent.add(new Sent(flow, message));
          }

          @Override
          public Optional<FlowId> flowTo(Transport transport, InetSocketAddress remote) {
            return Optional.of(FlowId.datagrams(BOB, remote));
          }
        };
    HostPort us = HostPort.of("10.0.0.2", 5060);
    table = new TransactionTable(lane, flows, new CountedIdentifiers("bob"), _ -> us, settings);
    table.attach(user);
    network = table.arrivals();
  }

  // Server side

  @Test
  void aCopyOfAnInviteGetsTheLatestProvisionalAndTheUserHearsOfOne() {
    SipRequest invite = request(Method.INVITE, "c1", 1, "i1");
    arrive(invite);
    respond(0, invite, 180);
    arrive(invite);
    assertThat(user.heard).containsExactly("INVITE c1");
    assertThat(lines()).containsExactly("180 INVITE", "180 INVITE");
    assertThat(table.meters().get(TransactionMeter.REQUESTS_REPEATED)).isEqualTo(1);
  }

  @Test
  void saysTryingWhenTheUserTakesItsTime() {
    arrive(request(Method.INVITE, "c1", 1, "i1"));
    lane.pass(Duration.ofMillis(190));
    assertThat(lines()).isEmpty();
    lane.pass(Duration.ofMillis(20));
    assertThat(lines()).containsExactly("100 INVITE");
  }

  @Test
  void aRefusalIsRepeatedUntilItsAckAndTheAckGoesNoFurther() {
    SipRequest invite = request(Method.INVITE, "c1", 1, "i1");
    arrive(invite);
    respond(0, invite, 486);
    lane.pass(Duration.ofSeconds(2));
    assertThat(lines()).containsExactly("486 INVITE", "486 INVITE", "486 INVITE");
    arrive(via(inDialog(request(Method.ACK, "c1", 1), "bob"), "i1"));
    lane.pass(Duration.ofSeconds(60));
    assertThat(lines()).hasSize(3);
    assertThat(user.heard).containsExactly("INVITE c1");
    assertNothingLeft();
  }

  @Test
  void aRefusalThatIsNeverAcknowledgedIsToldToTheUser() {
    SipRequest invite = request(Method.INVITE, "c1", 1, "i1");
    arrive(invite);
    respond(0, invite, 486);
    lane.pass(Duration.ofSeconds(33));
    assertThat(user.heard).containsExactly("INVITE c1", "server TIMEOUT INVITE z9hG4bKi1");
    assertNothingLeft();
  }

  @Test
  void theAckOfASuccessGoesToTheUser() {
    SipRequest invite = request(Method.INVITE, "c1", 1, "i1");
    arrive(invite);
    respond(0, invite, 200);
    arrive(via(inDialog(request(Method.ACK, "c1", 1), "bob"), "another"));
    assertThat(user.heard).containsExactly("INVITE c1", "ACK c1");
    lane.pass(Duration.ofSeconds(33));
    assertNothingLeft();
  }

  @Test
  void aCopyOfAnAnsweredRequestGetsItsAnswerAgain() {
    SipRequest options = request(Method.OPTIONS, "c1", 1, "o1");
    arrive(options);
    respond(0, options, 200);
    arrive(options);
    arrive(options);
    assertThat(lines()).containsExactly("200 OPTIONS", "200 OPTIONS", "200 OPTIONS");
    assertThat(user.heard).containsExactly("OPTIONS c1");
    lane.pass(Duration.ofSeconds(33));
    assertNothingLeft();
  }

  @Test
  void aCancelIsHandedUpWithTheInviteThatItMeans() {
    arrive(request(Method.INVITE, "c1", 1, "i1"));
    arrive(request(Method.CANCEL, "c1", 1, "i1"));
    assertThat(user.heard).containsExactly("INVITE c1", "CANCEL of z9hG4bKi1");
    assertThat(lines()).isEmpty();
  }

  @Test
  void aCancelOfNothingGets481() {
    arrive(request(Method.CANCEL, "c1", 1, "i1"));
    assertThat(lines()).containsExactly("481 CANCEL");
    assertThat(user.heard).isEmpty();
  }

  @Test
  void aCancelThatComesTooLateGets200WithTheTagOfTheAnswerAndChangesNothing() {
    SipRequest invite = request(Method.INVITE, "c1", 1, "i1");
    arrive(invite);
    table.respond(user.requests.getFirst(), SipResponse.to(invite, 200).withToTag("mine"));
    arrive(request(Method.CANCEL, "c1", 1, "i1"));
    assertThat(lines()).containsExactly("200 INVITE", "200 CANCEL");
    assertThat(sent.getLast().message().headers().to().tag()).hasValue("mine");
    assertThat(user.heard).containsExactly("INVITE c1");
  }

  @Test
  void theSameRequestOnASecondWayIsMergedInto482() {
    SipRequest invite = request(Method.INVITE, "c1", 1, "one-way");
    arrive(invite);
    arrive(request(Method.INVITE, "c1", 1, "other-way"));
    assertThat(user.heard).containsExactly("INVITE c1");
    assertThat(lines()).containsExactly("482 INVITE");
    // Its end does not make room for a third.
    arrive(request(Method.ACK, "c1", 1, "other-way"));
    lane.pass(Duration.ofSeconds(10));
    arrive(request(Method.INVITE, "c1", 1, "third-way"));
    assertThat(user.heard).containsExactly("INVITE c1");
  }

  @Test
  void aNewRequestOfTheSameCallIsNoMerger() {
    arrive(request(Method.REGISTER, "c1", 1, "r1"));
    arrive(request(Method.REGISTER, "c1", 2, "r2"));
    arrive(via(inDialog(request(Method.INFO, "c1", 3), "bob"), "b1"));
    assertThat(user.heard).containsExactly("REGISTER c1", "REGISTER c1", "INFO c1");
  }

  @Test
  void answersGoToTheSourceOrToThePortOfSentBy() {
    FlowId natted = FlowId.datagrams(BOB, new InetSocketAddress(ALICE.getAddress(), 40_000));
    SipRequest plain = request(Method.OPTIONS, "c1", 1, "o1");
    network.arrived(natted, plain);
    lane.drain();
    respond(0, plain, 200);
    assertThat(sent.getLast().flow().remote()).isEqualTo(ALICE);
    SipRequest rport = request(Method.OPTIONS, "c2", 1, "o2;rport=40000;received=10.0.0.1");
    network.arrived(natted, rport);
    lane.drain();
    respond(1, rport, 200);
    assertThat(sent.getLast().flow()).isEqualTo(natted);
  }

  @Test
  void aRequestThatTheUserForgetsIsAnswered500AndCounted() {
    arrive(request(Method.OPTIONS, "c1", 1, "o1"));
    arrive(request(Method.INVITE, "c2", 1, "i1"));
    lane.pass(Duration.ofSeconds(40));
    assertThat(lines()).containsExactly("100 INVITE", "500 OPTIONS");
    lane.pass(Duration.ofMinutes(10));
    assertThat(lines()).contains("500 INVITE");
    assertThat(table.meters().get(TransactionMeter.REQUESTS_UNANSWERED)).isEqualTo(2);
    lane.pass(Duration.ofSeconds(40));
    assertNothingLeft();
  }

  @Test
  void aFullTableRefusesNewCallsButTakesByeAndCancel() {
    make(new TransactionSettings(Timers.RFC_3261, 4, Duration.ofMinutes(1)));
    for (int i = 0; i < 4; i++) {
      arrive(request(Method.INVITE, "c" + i, 1, "i" + i));
    }
    arrive(request(Method.INVITE, "c5", 1, "i5"));
    SipResponse refusal = (SipResponse) sent.getLast().message();
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.headers().seconds("Retry-After")).hasValue(5);
    arrive(request(Method.CANCEL, "c0", 1, "i0"));
    assertThat(user.heard).hasSize(5).last().isEqualTo("CANCEL of z9hG4bKi0");
    arrive(via(inDialog(request(Method.BYE, "c1", 2), "bob"), "b1"));
    assertThat(((SipResponse) sent.getLast().message()).status())
        .as("a flood of these is bounded too")
        .isEqualTo(503);
    assertThat(table.size()).isEqualTo(5);
  }

  @Test
  void anAnswerToATransactionThatIsGoneGoesToNobody() {
    SipRequest options = request(Method.OPTIONS, "c1", 1, "o1");
    network.arrived(TCP_AT_BOB, options);
    lane.drain();
    respond(0, options, 200);
    respond(0, options, 200);
    assertThat(lines()).containsExactly("200 OPTIONS");
    assertThat(table.meters().get(TransactionMeter.ANSWERS_TOO_LATE)).isEqualTo(1);
  }

  // Client side

  @Test
  void aRequestGetsOurViaAndIsRepeatedOverDatagramsOnly() {
    ClientKey udp = new ClientKey("z9hG4bKu", Method.OPTIONS);
    ClientKey tcp = new ClientKey("z9hG4bKt", Method.OPTIONS);
    table.send(udp, request(Method.OPTIONS, "c1", 1), UDP_AT_BOB);
    table.send(tcp, request(Method.OPTIONS, "c2", 1), TCP_AT_BOB);
    assertThat(sent.get(0).message().headers().first("Via"))
        .hasValue("SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKu;rport");
    assertThat(sent.get(1).message().headers().first("Via"))
        .hasValue("SIP/2.0/TCP 10.0.0.2:5060;branch=z9hG4bKt");
    lane.pass(Duration.ofSeconds(33));
    assertThat(sent.stream().filter(s -> s.flow().equals(UDP_AT_BOB))).hasSize(11);
    assertThat(sent.stream().filter(s -> s.flow().equals(TCP_AT_BOB))).hasSize(1);
    assertThat(user.heard)
        .containsExactlyInAnyOrder("TIMEOUT OPTIONS z9hG4bKu", "TIMEOUT OPTIONS z9hG4bKt");
    assertNothingLeft();
  }

  @Test
  void aFailedInviteIsAcknowledgedHereAndEachCopyToo() {
    ClientKey ref = new ClientKey("z9hG4bKi", Method.INVITE);
    table.send(ref, request(Method.INVITE, "c1", 1), UDP_AT_BOB);
    SipResponse busy = SipResponse.to((SipRequest) sent.getFirst().message(), 486).withToTag("x");
    arrive(busy);
    arrive(busy);
    assertThat(lines()).containsExactly("INVITE", "ACK", "ACK");
    assertThat(user.heard).containsExactly("486 INVITE z9hG4bKi");
    lane.pass(Duration.ofSeconds(33));
    assertNothingLeft();
  }

  @Test
  void everySuccessOfAnInviteReachesTheUserWhoAcknowledgesIt() {
    ClientKey ref = new ClientKey("z9hG4bKi", Method.INVITE);
    table.send(ref, request(Method.INVITE, "c1", 1), UDP_AT_BOB);
    SipResponse ok = SipResponse.to((SipRequest) sent.getFirst().message(), 200).withToTag("x");
    arrive(ok);
    table.sendAck(UDP_AT_BOB, "z9hG4bKack", request(Method.ACK, "c1", 1));
    arrive(ok);
    assertThat(user.heard).containsExactly("200 INVITE z9hG4bKi", "200 INVITE z9hG4bKi");
    assertThat(sent.getLast().message().headers().topVia().branch()).hasValue("z9hG4bKack");
  }

  @Test
  void cancellingSendsACancelAndASilentPeerEndsTheInviteAfter32Seconds() {
    ClientKey ref = new ClientKey("z9hG4bKi", Method.INVITE);
    table.send(ref, request(Method.INVITE, "c1", 1), UDP_AT_BOB);
    arrive(SipResponse.to((SipRequest) sent.getFirst().message(), 180));
    table.cancel(ref, List.of(new Header("Reason", "SIP;cause=200")));
    table.cancel(ref, List.of());
    SipRequest cancel = (SipRequest) sent.getLast().message();
    assertThat(cancel.method()).isEqualTo(Method.CANCEL);
    assertThat(cancel.headers().topVia().branch()).hasValue("z9hG4bKi");
    assertThat(cancel.headers().first("Reason")).hasValue("SIP;cause=200");
    arrive(SipResponse.to(cancel, 200));
    lane.pass(Duration.ofSeconds(33));
    assertThat(user.heard)
        .containsExactly("180 INVITE z9hG4bKi", "200 CANCEL z9hG4bKi", "TIMEOUT INVITE z9hG4bKi");
    assertNothingLeft();
  }

  @Test
  void responsesThatAreNotOursAreCountedAndDropped() {
    ClientKey ref = new ClientKey("z9hG4bKo", Method.OPTIONS);
    table.send(ref, request(Method.OPTIONS, "c1", 1), UDP_AT_BOB);
    arrive(SipResponse.to(request(Method.OPTIONS, "c1", 1, "unknown"), 200));
    SipResponse ours = SipResponse.to((SipRequest) sent.getFirst().message(), 200);
    arrive(ours.withHeaders(ours.headers().with("Via", "SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKx")));
    assertThat(user.heard).isEmpty();
    assertThat(table.meters().get(TransactionMeter.RESPONSES_STRAY)).isEqualTo(2);
  }

  @Test
  void aLostFlowFailsTheRequestsOnItAndLeavesTheOthers() {
    table.send(new ClientKey("z9hG4bKa", Method.BYE), request(Method.BYE, "c1", 1), TCP_AT_BOB);
    table.send(new ClientKey("z9hG4bKb", Method.BYE), request(Method.BYE, "c2", 1), UDP_AT_BOB);
    SipRequest options = request(Method.OPTIONS, "c3", 1, "o1");
    network.arrived(TCP_AT_BOB, options);
    network.lost(TCP_AT_BOB, FlowLoss.CLOSED_BY_PEER);
    lane.drain();
    assertThat(user.heard)
        .containsExactly("OPTIONS c3", "TRANSPORT BYE z9hG4bKa", "lost CLOSED_BY_PEER");
    respond(0, options, 200);
    assertThat(lines()).as("answered by another connection").last().isEqualTo("200 OPTIONS");
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void theUserMayCallBackFromWithin() {
    user.onRequest =
        (ref, request) -> {
          table.respond(ref, SipResponse.to(request, 180));
          table.respond(ref, SipResponse.to(request, 603));
        };
    user.onResponse =
        (ref, _) -> {
          if (ref.branch().equals("z9hG4bKo")) {
            table.send(
                new ClientKey("z9hG4bKnext", Method.OPTIONS),
                request(Method.OPTIONS, "c9", 1),
                UDP_AT_BOB);
          }
        };
    arrive(request(Method.INVITE, "c1", 1, "i1"));
    table.send(
        new ClientKey("z9hG4bKo", Method.OPTIONS), request(Method.OPTIONS, "c2", 1), UDP_AT_BOB);
    arrive(SipResponse.to((SipRequest) sent.getLast().message(), 200));
    assertThat(lines()).containsExactly("180 INVITE", "603 INVITE", "OPTIONS", "OPTIONS");
    lane.pass(Duration.ofSeconds(70));
    assertNothingLeft();
  }

  @Test
  void refusesToUseOneBranchTwice() {
    ClientKey ref = new ClientKey("z9hG4bKo", Method.OPTIONS);
    SipRequest options = request(Method.OPTIONS, "c1", 1);
    table.send(ref, options, UDP_AT_BOB);
    assertThatThrownBy(() -> table.send(ref, options, UDP_AT_BOB))
        .isInstanceOf(IllegalArgumentException.class);
    ClientKey other = new ClientKey("z9hG4bKp", Method.BYE);
    assertThatThrownBy(() -> table.send(other, options, UDP_AT_BOB))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void arrive(SipMessage message) {
    network.arrived(UDP_AT_BOB, message);
    lane.drain();
  }

  private void respond(int index, SipRequest request, int status) {
    ServerKey ref = user.requests.get(index);
    table.respond(ref, SipResponse.to(request, status).withToTag("bob"));
  }

  private List<String> lines() {
    return sent.stream().map(Sent::line).toList();
  }

  private void assertNothingLeft() {
    assertThat(table.size()).isZero();
    assertThat(lane.armed()).isZero();
    for (String kind :
        List.of("INVITE_CLIENT", "NON_INVITE_CLIENT", "INVITE_SERVER", "NON_INVITE_SERVER")) {
      assertThat(table.meters().get(TransactionMeter.valueOf(kind + "_BEGUN")))
          .isEqualTo(table.meters().get(TransactionMeter.valueOf(kind + "_ENDED")));
    }
  }
}
