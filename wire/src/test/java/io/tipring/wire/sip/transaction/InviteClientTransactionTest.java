package io.tipring.wire.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InviteClientTransactionTest {
  private static final long MILLI = 1_000_000L;
  private static final SipRequest INVITE = Messages.request("INVITE");
  private static final ClientOut SENT = new ClientOut.Send(INVITE);

  private final InviteClientTransaction machine = new InviteClientTransaction(Timers.RFC_3261);
  private final List<ClientOut> out = new ArrayList<>();
  private long now = Long.MAX_VALUE / 2;
  private InviteClientTransaction.State state = begin(false);

  private InviteClientTransaction.State begin(boolean reliable) {
    Step<InviteClientTransaction.State, ClientOut> step = machine.begin(INVITE, reliable, now);
    assertThat(step.out()).containsExactly(SENT);
    return step.next();
  }

  private void on(ClientIn in) {
    Step<InviteClientTransaction.State, ClientOut> step = machine.on(state, in, now);
    state = step.next();
    out.addAll(step.out());
  }

  private void receives(int status) {
    on(new ClientIn.Received(Messages.response(INVITE, status)));
  }

  private static ClientOut delivered(int status) {
    return new ClientOut.Deliver(Messages.response(INVITE, status));
  }

  private void passes(long millis) {
    long until = now + millis * MILLI;
    while (state.wakeAtNanos() <= until) {
      now = state.wakeAtNanos();
      on(new ClientIn.Wake());
    }
    now = until;
  }

  @Test
  @Rfc("3261 17.1.1.2")
  void timerADoublesWithoutACapUntilTimerB() {
    passes(31_999);
    // After 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s.
    assertThat(out).hasSize(6).containsOnly(SENT);
    out.clear();
    passes(1);
    assertThat(out).containsExactly(new ClientOut.Failed(Failure.TIMEOUT));
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.1.1.2")
  void overAReliableTransportItOnlyTimesOut() {
    state = begin(true);
    passes(32_000);
    assertThat(out).containsExactly(new ClientOut.Failed(Failure.TIMEOUT));
  }

  @Test
  @Rfc("3261 17.1.1.2")
  void aProvisionalStopsTheRetransmissions() {
    receives(180);
    passes(600_000);
    receives(180);
    assertThat(out).containsExactly(delivered(180), delivered(180));
  }

  @Test
  @Rfc("3261 17.1.1.3")
  void aFailureIsAcknowledgedEachTimeAndDeliveredOnce() {
    receives(486);
    receives(486);
    SipRequest ack = Requests.ackOfFailure(INVITE, Messages.response(INVITE, 486));
    assertThat(out)
        .containsExactly(new ClientOut.Send(ack), delivered(486), new ClientOut.Send(ack));
    passes(31_999);
    assertThat(state.terminated()).isFalse();
    passes(1);
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.1.1.2")
  void overAReliableTransportAFailureEndsIt() {
    state = begin(true);
    receives(486);
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("6026 7.2")
  void each2xxIsTheUsersFor64T1() {
    receives(200);
    receives(200);
    receives(486);
    receives(180);
    assertThat(out).containsExactly(delivered(200), delivered(200));
    passes(31_999);
    assertThat(state.terminated()).isFalse();
    passes(1);
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.1.4")
  void aTransportErrorEndsItWhileNothingHasComeBack() {
    on(new ClientIn.TransportFailed());
    assertThat(out).containsExactly(new ClientOut.Failed(Failure.TRANSPORT));
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.1.1.2")
  void anAckThatCannotBeSentIsReported() {
    receives(486);
    out.clear();
    on(new ClientIn.TransportFailed());
    assertThat(out).containsExactly(new ClientOut.Failed(Failure.TRANSPORT));
  }

  @Test
  @Rfc("3261 9.1")
  void onceCancelledItWaitsFor64T1() {
    receives(180);
    passes(100_000);
    on(new ClientIn.Cancelled());
    out.clear();
    passes(31_999);
    assertThat(state.terminated()).isFalse();
    passes(1);
    assertThat(out).containsExactly(new ClientOut.Failed(Failure.TIMEOUT));
    assertThat(state.terminated()).isTrue();
  }
}
