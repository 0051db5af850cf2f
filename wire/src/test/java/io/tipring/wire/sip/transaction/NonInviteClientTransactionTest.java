package io.tipring.wire.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NonInviteClientTransactionTest {
  private static final long MILLI = 1_000_000L;
  private static final SipRequest BYE = Messages.request("BYE");
  private static final ClientOut SENT = new ClientOut.Send(BYE);

  private final NonInviteClientTransaction machine =
      new NonInviteClientTransaction(Timers.RFC_3261);
  private final List<ClientOut> out = new ArrayList<>();
  private long now = 77;
  private NonInviteClientTransaction.State state = machine.begin(BYE, false, now).next();

  private void on(ClientIn in) {
    Step<NonInviteClientTransaction.State, ClientOut> step = machine.on(state, in, now);
    state = step.next();
    out.addAll(step.out());
  }

  private void receives(int status) {
    on(new ClientIn.Received(Messages.response(BYE, status)));
  }

  private static ClientOut delivered(int status) {
    return new ClientOut.Deliver(Messages.response(BYE, status));
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
  @Rfc("3261 17.1.2.2")
  void timerEDoublesUpToT2UntilTimerF() {
    passes(31_999);
    // After 0.5, 1.5, 3.5, then every 4 s until 31.5 s.
    assertThat(out).hasSize(10).containsOnly(SENT);
    out.clear();
    passes(1);
    assertThat(out).containsExactly(new ClientOut.Failed(Failure.TIMEOUT));
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.1.2.2")
  void afterAProvisionalItIsRepeatedEveryT2() {
    passes(100);
    receives(100);
    passes(400);
    assertThat(out).containsExactly(delivered(100), SENT);
    out.clear();
    passes(12_000);
    assertThat(out).hasSize(3).containsOnly(SENT);
    passes(20_000);
    assertThat(out).last().isEqualTo(new ClientOut.Failed(Failure.TIMEOUT));
  }

  @Test
  @Rfc("3261 17.1.2.2")
  void theFinalResponseIsDeliveredOnceAndItsCopiesAbsorbedForT4() {
    receives(200);
    receives(200);
    assertThat(out).containsExactly(delivered(200));
    passes(4_999);
    assertThat(state.terminated()).isFalse();
    passes(1);
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.1.2.2")
  void overAReliableTransportItIsNotRepeatedAndTheAnswerEndsIt() {
    state = machine.begin(BYE, true, now).next();
    passes(31_000);
    assertThat(out).isEmpty();
    receives(200);
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.1.4")
  void aTransportErrorEndsIt() {
    on(new ClientIn.TransportFailed());
    assertThat(out).containsExactly(new ClientOut.Failed(Failure.TRANSPORT));
    assertThat(state.terminated()).isTrue();
  }
}
