package io.tipring.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallApp;
import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event.CallChanged;
import io.tipring.api.Event.CallCreated;
import io.tipring.api.Event.CallState;
import io.tipring.api.Event.Direction;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallAppAttendantTest {
  private static final CallId CALL = new CallId("call_1");

  /// Answers each call, and plays as soon as somebody is there to hear it.
  private static final CallApp PLAYER =
      event ->
          switch (event) {
            case CallCreated _ -> List.of(new Operation.Answer());
            case CallChanged(_, CallState state) when state == CallState.ANSWERED ->
                List.of(new Operation.Echo());
            default -> List.of();
          };

  private static List<Operation> askedOnceSeated(StartReason reason, CallState state) {
    List<Operation> asked = new ArrayList<>();
    CallSnapshot call =
        new CallSnapshot(CALL, Direction.INBOUND, "alice", "ivr", state, List.of(), List.of());
    CallLine line =
        new CallLine() {
          @Override
          public CallId call() {
            return CALL;
          }

          @Override
          public void ask(OperationId id, Operation operation) {
            asked.add(operation);
          }

          @Override
          public void fallBackTo(String application) {}

          @Override
          public void terminate(EndReason reason) {}

          @Override
          public CallSnapshot snapshot() {
            return call;
          }
        };
    var _ = CallAppAttendant.application(() -> PLAYER).attend(line, call, new Cursor(1, 7), reason);
    return asked;
  }

  @Test
  void onANewCallItsEventsAreStillToCome() {
    assertThat(askedOnceSeated(StartReason.CALL, CallState.OFFERED)).isEmpty();
  }

  @Test
  void oneThatTakesOverAnAnsweredCallGoesOnAsIfItHadAnsweredItself() {
    assertThat(askedOnceSeated(StartReason.FALLBACK, CallState.ANSWERED))
        .containsExactly(new Operation.Echo());
  }

  @Test
  void oneThatTakesOverACallerWhoStillWaitsAnswers() {
    assertThat(askedOnceSeated(StartReason.REDIRECTED, CallState.OFFERED))
        .containsExactly(new Operation.Answer());
  }
}
