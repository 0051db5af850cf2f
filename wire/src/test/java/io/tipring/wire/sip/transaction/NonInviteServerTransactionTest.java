package io.tipring.wire.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Rfc;
import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NonInviteServerTransactionTest {
  private static final SipRequest OPTIONS = Messages.request("OPTIONS");

  private final NonInviteServerTransaction machine =
      new NonInviteServerTransaction(Timers.RFC_3261);
  private final List<ServerOut> out = new ArrayList<>();
  private long now = 5;
  private NonInviteServerTransaction.State state = machine.begin(OPTIONS, false, now);

  private void on(ServerIn in) {
    Step<NonInviteServerTransaction.State, ServerOut> step = machine.on(state, in, now);
    state = step.next();
    out.addAll(step.out());
  }

  private void answers(int status) {
    on(new ServerIn.Respond(Messages.response(OPTIONS, status)));
  }

  private static ServerOut sent(int status) {
    return new ServerOut.Send(Messages.response(OPTIONS, status));
  }

  @Test
  @Rfc("3261 17.2.2")
  void copiesAreAbsorbedUntilThereIsAnAnswerAndGetTheLatestThen() {
    on(new ServerIn.Received(OPTIONS));
    assertThat(out).isEmpty();
    answers(100);
    on(new ServerIn.Received(OPTIONS));
    answers(200);
    on(new ServerIn.Received(OPTIONS));
    assertThat(out).containsExactly(sent(100), sent(100), sent(200), sent(200));
  }

  @Test
  @Rfc("3261 17.2.2")
  void timerJEndsIt() {
    answers(200);
    answers(500);
    assertThat(out).containsExactly(sent(200));
    assertThat(state.wakeAtNanos()).isEqualTo(now + 32_000_000_000L);
    now = state.wakeAtNanos();
    on(new ServerIn.Wake());
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("3261 17.2.2")
  void overAReliableTransportTheAnswerEndsIt() {
    state = machine.begin(OPTIONS, true, now);
    answers(200);
    assertThat(state.terminated()).isTrue();
  }

  @Test
  @Rfc("6026 8.8")
  void aTransportErrorIsReportedAndLeavesTheState() {
    for (int status : new int[] {0, 100, 200}) {
      state = machine.begin(OPTIONS, false, now);
      if (status != 0) {
        answers(status);
      }
      NonInviteServerTransaction.State before = state;
      out.clear();
      on(new ServerIn.TransportFailed());
      assertThat(out).containsExactly(new ServerOut.Failed(Failure.TRANSPORT));
      assertThat(state).isEqualTo(before);
    }
  }
}
