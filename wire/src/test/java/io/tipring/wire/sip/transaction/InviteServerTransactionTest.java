package io.tipring.wire.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InviteServerTransactionTest {
  private static final long MILLI = 1_000_000L;
  private static final SipRequest INVITE = Messages.request("INVITE");
  private static final SipRequest ACK = Messages.request("ACK");

  private final InviteServerTransaction machine = new InviteServerTransaction(Timers.RFC_3261);
  private final List<ServerOut> out = new ArrayList<>();
  private long now = Long.MAX_VALUE / 2;
  private InviteServerTransaction.State state = machine.begin(INVITE, false, now);

  private void on(ServerIn in) {
    Step<InviteServerTransaction.State, ServerOut> step = machine.on(state, in, now);
    state = step.next();
    out.addAll(step.out());
  }

  private void passes(long millis) {
    long until = now + millis * MILLI;
    while (state.wakeAtNanos() <= until) {
      now = state.wakeAtNanos();
      on(new ServerIn.Wake());
    }
    now = until;
  }

  private void answers(int status) {
    on(new ServerIn.Respond(Messages.response(INVITE, status)));
  }

  private List<Integer> sent() {
    List<Integer> statuses =
        out.stream()
            .map(o -> o instanceof ServerOut.Send(SipResponse response) ? response.status() : -1)
            .toList();
    out.clear();
    return statuses;
  }

  @Test
  @Rfc("3261 17.2.1")
  void itSays100WhenTheUserTakesItsTime() {
    passes(199);
    assertThat(sent()).isEmpty();
    passes(2);
    assertThat(sent()).containsExactly(100);
    passes(60_000);
    assertThat(sent()).isEmpty();
  }

  @Test
  @Rfc("3261 17.2.1")
  void itSaysNo100WhenTheUserIsQuick() {
    answers(180);
    passes(1_000);
    assertThat(sent()).containsExactly(180);
  }

  @Test
  @Rfc("3261 17.2.1")
  void aCopyOfTheInviteGetsTheLatestProvisional() {
    on(new ServerIn.Received(INVITE));
    assertThat(sent()).isEmpty();
    answers(180);
    answers(183);
    on(new ServerIn.Received(INVITE));
    assertThat(sent()).containsExactly(180, 183, 183);
  }

  @Test
  @Rfc("3261 17.2.1")
  void aFailureIsRepeatedWithTimerGUntilTimerH() {
    answers(486);
    passes(31_999);
    // At 0, 0.5, 1.5, 3.5, then every 4 s.
    assertThat(sent()).hasSize(11).containsOnly(486);
    passes(1);
    assertThat(out).containsExactly(new ServerOut.Failed(Failure.TIMEOUT));
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.2.1")
  void aFailureIsNotRepeatedOverAReliableTransport() {
    state = machine.begin(INVITE, true, now);
    answers(486);
    passes(31_000);
    assertThat(sent()).containsExactly(486);
    on(new ServerIn.Received(ACK));
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.2.1")
  void theAckEndsItAndItsCopiesAreAbsorbedForT4() {
    answers(486);
    on(new ServerIn.Received(INVITE));
    assertThat(sent()).containsExactly(486, 486);
    on(new ServerIn.Received(ACK));
    on(new ServerIn.Received(ACK));
    on(new ServerIn.Received(INVITE));
    passes(4_999);
    assertThat(state.terminated()).isFalse();
    passes(1);
    assertThat(state.terminated()).isTrue();
    assertThat(out).isEmpty();
  }

  @Test
  @Rfc("6026 7.1")
  void after2xxItAbsorbsTheInviteAndSendsWhatTheUserRepeats() {
    answers(200);
    on(new ServerIn.Received(INVITE));
    assertThat(sent()).containsExactly(200);
    answers(200);
    assertThat(sent()).containsExactly(200);
    answers(500);
    assertThat(sent()).isEmpty();
    passes(31_999);
    assertThat(state.terminated()).isFalse();
    passes(1);
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("6026 7.1")
  void anAckWithTheInvitesBranchAfter2xxIsTheUsers() {
    answers(200);
    out.clear();
    on(new ServerIn.Received(ACK));
    assertThat(out).containsExactly(new ServerOut.Deliver(ACK));
  }

  @Test
  @Rfc("6026 7.1")
  void a2xxThatCannotBeSentIsReportedAndMayBeRepeated() {
    answers(200);
    out.clear();
    on(new ServerIn.TransportFailed());
    assertThat(out).containsExactly(new ServerOut.Failed(Failure.TRANSPORT));
    assertThat(state.terminated()).isFalse();
  }

  @Test
  @Rfc("6026 8.8")
  void aTransportErrorIsReportedAndLeavesTheStateSoThatACopyIsNoNewCall() {
    for (int status : new int[] {100, 180, 486}) {
      state = machine.begin(INVITE, false, now);
      answers(status);
      InviteServerTransaction.State before = state;
      out.clear();
      on(new ServerIn.TransportFailed());
      assertThat(out).containsExactly(new ServerOut.Failed(Failure.TRANSPORT));
      assertThat(state).isEqualTo(before);
      out.clear();
      on(new ServerIn.Received(INVITE));
      assertThat(sent()).containsExactly(status);
    }
  }

  @Test
  @Rfc("6026 8.8")
  void aFailureThatCannotBeSentIsTriedAgainUntilTimerH() {
    answers(486);
    out.clear();
    on(new ServerIn.TransportFailed());
    out.clear();
    passes(32_000);
    assertThat(out).hasSize(11).last().isEqualTo(new ServerOut.Failed(Failure.TIMEOUT));
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.2.1")
  void aSecondFinalResponseIsThrownAway() {
    answers(486);
    answers(200);
    assertThat(sent()).containsExactly(486);
  }
}
