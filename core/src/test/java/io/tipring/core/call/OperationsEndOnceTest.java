package io.tipring.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random applications against random legs and a random media plane: whatever happens, and in
/// whatever order, an operation ends exactly once and a call's last event is its end.
class OperationsEndOnceTest {
  @Test
  void everyAcceptedOperationEndsExactlyOnce() {
    for (long seed = 0; seed < 2_000; seed++) {
      try {
        story(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void story(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Switchboard board = new Switchboard(seed, CallLimits.STANDARD, _ -> operations(random));
    LegId leg = new LegId("leg_" + seed);
    board.offer(leg, "random");
    for (int i = 0; i < 30; i++) {
      step(board, leg, random);
      board.run(random.nextInt(0, 3));
    }
    board.leg(new LegEvent.LegEnded(leg, EndReason.CALLER_HUNG_UP));
    board.run(600);
    assertThat(board.exchange.size()).isZero();
    assertThat(board.events().getLast()).isInstanceOf(Event.CallEnded.class);
    assertThat(board.faults).isEmpty();
    Map<OperationId, List<Event>> ends = new LinkedHashMap<>();
    for (Event event : board.events()) {
      switch (event) {
        case Event.OperationAccepted(OperationId id) ->
            assertThat(ends.put(id, new ArrayList<>())).isNull();
        case Event.OperationSucceeded(OperationId id, _) -> ends.get(id).add(event);
        case Event.OperationCancelled(OperationId id, _) -> ends.get(id).add(event);
        case Event.OperationFailed(OperationId id, var _, var _) ->
            ends.computeIfAbsent(id, _ -> new ArrayList<>()).add(event);
        case Event _ -> {}
      }
    }
    assertThat(ends.values()).allSatisfy(all -> assertThat(all).hasSize(1));
  }

  private static void step(Switchboard board, LegId leg, SplittableRandom random) {
    switch (random.nextInt(8)) {
      case 0, 1 -> board.leg(new LegEvent.LegAnswered(leg));
      case 2 -> board.leg(new LegEvent.LegChanged(leg, random.nextBoolean()));
      case 3 -> board.leg(new LegEvent.LegKey(leg, '5', 100));
      case 4 -> {
        if (random.nextInt(6) == 0) {
          board.leg(new LegEvent.LegEnded(leg, EndReason.CALLER_HUNG_UP));
        }
      }
      case 5, 6 -> {
        if (!board.sounded.isEmpty()) {
          finish(board, board.sounded.get(random.nextInt(board.sounded.size())), random);
        }
      }
      case 7 -> board.exchange.tell(new MediaEvent.Silent(leg.value(), 30_000));
      default -> throw new AssertionError();
    }
  }

  private static void finish(Switchboard board, MediaCommand command, SplittableRandom random) {
    var ending = MediaEvent.Ending.values()[random.nextInt(3)];
    switch (command) {
      case MediaCommand.Play play ->
          board.exchange.tell(new MediaEvent.Finished(play.leg(), play.ref(), ending));
      case MediaCommand.Echo echo ->
          board.exchange.tell(new MediaEvent.Finished(echo.leg(), echo.ref(), ending));
      case MediaCommand.SendDigits send ->
          board.exchange.tell(new MediaEvent.Finished(send.leg(), send.ref(), ending));
      case MediaCommand _ -> {}
    }
    board.run(0);
  }

  private static List<Operation> operations(SplittableRandom random) {
    return switch (random.nextInt(14)) {
      case 0 -> List.of(new Operation.Ring());
      case 1, 2 -> List.of(new Operation.Answer());
      case 3 -> List.of(new Operation.Echo());
      case 4 -> List.of(Operation.Play.forever("tone:1000"));
      case 5 -> List.of(new Operation.SendDigits("12"));
      case 6 -> random.nextInt(4) == 0 ? List.of(new Operation.HangUp()) : List.of();
      case 7 -> random.nextInt(4) == 0 ? List.of(new Operation.Reject(486)) : List.of();
      default -> List.of();
    };
  }
}
