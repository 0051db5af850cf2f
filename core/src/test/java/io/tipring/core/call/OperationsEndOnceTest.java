package io.tipring.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.Refusal;
import io.tipring.api.IvrId;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.OperationId;
import io.tipring.api.Prompt;
import io.tipring.core.journal.Journal;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.DigitMethod;
import io.tipring.media.spec.Pcm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Random applications against random legs, callers, sounds and a random media plane: whatever
/// happens, and in whatever order, an operation ends exactly once, so does an ivr, and a call's
/// last event is its end. `tipring.seed` picks one seed, `tipring.seeds` sets their number.
class OperationsEndOnceTest {
  @Test
  void everyAcceptedOperationEndsExactlyOnce() {
    Long only = Long.getLong("tipring.seed");
    long first = only == null ? 0 : only;
    long count = only == null ? Integer.getInteger("tipring.seeds", 2_000) : 1;
    for (long seed = first; seed < first + count; seed++) {
      try {
        new Tale(seed).tell();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void theSameSeedIsTheSameTale() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(new Tale(seed).tell()).isEqualTo(new Tale(seed).tell());
    }
  }

  private static final class Tale {
    private final SplittableRandom random;
    private final Switchboard board;
    private final LegId leg;
    private final List<Consumer<Preparation>> wanted = new ArrayList<>();
    private final List<CallLine> lines = new ArrayList<>();
    private final Map<OperationId, Integer> asks = new LinkedHashMap<>();
    private int asked;

    Tale(long seed) {
      random = new SplittableRandom(seed);
      leg = new LegId("leg_" + seed);
      board =
          new Switchboard(seed, CallLimits.STANDARD, (line, _, _, _) -> seat(line), this::prepare);
    }

    /// Each counts its operations from 1, as applications do.
    private Attendant seat(CallLine line) {
      lines.add(line);
      asked = 0;
      return new Attendant() {
        private boolean mine = true;

        @Override
        public void on(Journal.Entry entry) {
          assertThat(mine).as("one that was handed over hears nothing").isTrue();
        }

        @Override
        public void handedOver() {
          mine = false;
        }
      };
    }

    /// Some sounds are in memory, some come later, some never in time.
    private void prepare(SoundRequest request, Consumer<Preparation> done) {
      if (random.nextInt(4) == 0) {
        done.accept(answer());
      } else {
        wanted.add(done);
      }
    }

    private Preparation answer() {
      return random.nextInt(4) == 0
          ? new Preparation.Unavailable(Refusal.FETCH_FAILED, "broken")
          : new Preparation.Ready(Pcm.copyOf(new int[800], random.nextInt(2) * 800));
    }

    List<Event> tell() {
      board.offer(leg, "random");
      int steps = random.nextInt(5, 80);
      for (int i = 0; i < steps; i++) {
        step();
        board.runMillis(random.nextInt(3) == 0 ? random.nextInt(0, 9_000) : 0);
      }
      board.leg(new LegEvent.LegEnded(leg, EndReason.CALLER_HUNG_UP));
      wanted.forEach(done -> done.accept(answer()));
      board.run(600);
      check();
      return board.events();
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0 -> board.leg(new LegEvent.LegAnswered(leg));
        case 1 -> board.leg(new LegEvent.LegChanged(leg, random.nextBoolean()));
        case 2 -> board.leg(new LegEvent.LegKey(leg, key(), 100));
        case 3, 4 -> press();
        case 5, 6 -> finish();
        case 7 -> {
          if (!wanted.isEmpty()) {
            wanted.remove(random.nextInt(wanted.size())).accept(answer());
          }
        }
        case 8 -> trouble();
        case 9, 10, 11 -> ask();
        default -> throw new AssertionError();
      }
    }

    private void trouble() {
      switch (random.nextInt(14)) {
        case 0 -> board.leg(new LegEvent.LegEnded(leg, EndReason.CALLER_HUNG_UP));
        case 1 -> board.exchange.tell(new MediaEvent.Silent(leg.value(), 30_000));
        case 2 -> lines.getLast().terminate(EndReason.APP_LOST);
        case 3, 4, 5 -> lines.getLast().fallBackTo(random.nextInt(4) == 0 ? "nobody" : "other");
        // One that had the call before.
        case 6, 7 -> {
          OperationId late = new OperationId("op_late" + asks.size());
          asks.put(late, 1);
          lines.getFirst().ask(late, operation());
        }
        default -> {}
      }
    }

    private void press() {
      char key = key();
      if (random.nextInt(5) != 0) {
        board.exchange.tell(new MediaEvent.DigitBegan(leg.value(), key, DigitMethod.RTP_EVENT));
      }
      if (random.nextInt(5) != 0) {
        board.exchange.tell(new MediaEvent.Digit(leg.value(), key, DigitMethod.RTP_EVENT, 100));
      }
    }

    private char key() {
      return "0123456789*#".charAt(random.nextInt(12));
    }

    private void finish() {
      if (board.sounded.isEmpty()) {
        return;
      }
      int recent = Math.min(board.sounded.size(), 4);
      MediaCommand command = board.sounded.get(board.sounded.size() - 1 - random.nextInt(recent));
      String ref = Answered.ref(command);
      if (!ref.isEmpty()) {
        var ending = MediaEvent.Ending.values()[random.nextInt(8) == 0 ? random.nextInt(3) : 0];
        board.exchange.tell(new MediaEvent.Finished(leg.value(), ref, ending, 100));
      }
    }

    private void ask() {
      List<OperationId> inProgress = lines.getLast().snapshot().operations();
      OperationId id =
          random.nextInt(20) == 0 && !inProgress.isEmpty()
              ? inProgress.getFirst()
              : new OperationId("op_" + ++asked);
      asks.merge(id, 1, Integer::sum);
      lines.getLast().ask(id, operation());
    }

    private Operation operation() {
      Optional<LegId> first = Optional.empty();
      boolean replace = random.nextInt(5) == 0;
      return switch (random.nextInt(24)) {
        case 0 -> new Operation.Ring();
        case 1, 2, 3, 4 -> new Operation.Answer();
        case 5 -> new Operation.Echo(first, replace);
        case 6 -> Operation.Play.forever("tone:1000");
        case 7, 8 ->
            new Operation.Play(
                first,
                List.of("file:a.wav", "keys:1", "https://host/b.wav"),
                random.nextInt(3),
                Duration.ZERO,
                replace);
        case 9 -> new Operation.SendDigits(first, "12", false, replace);
        case 10, 11, 12 ->
            new Operation.Say(
                first,
                random.nextInt(6) == 0 ? "" : "Hello",
                Optional.empty(),
                Optional.empty(),
                false,
                replace);
        case 13 -> new Operation.Pause(first, Duration.ofMillis(300), replace);
        case 14, 15, 16, 17 -> gather(replace);
        case 18, 19 -> new Operation.Cancel(new OperationId("op_" + random.nextInt(1, asked + 2)));
        case 20 -> random.nextInt(3) == 0 ? new Operation.HangUp() : new Operation.Ring();
        case 21 -> random.nextInt(3) == 0 ? new Operation.Reject(486) : new Operation.Answer();
        case 22 -> new Operation.Redirect(random.nextInt(3) == 0 ? "nobody" : "other");
        case 23 -> new Operation.Echo(Optional.of(new LegId("leg_unknown")), false);
        default -> throw new AssertionError();
      };
    }

    private Operation gather(boolean replace) {
      int min = random.nextInt(1, 4);
      List<Prompt> prompt =
          random.nextBoolean()
              ? List.of()
              : List.of(new Prompt.Speech("Enter"), new Prompt.Sound("keys:1"));
      return new Operation.Gather(
          Optional.empty(),
          Digits.between(min, min + random.nextInt(3)),
          prompt,
          random.nextInt(3) != 0,
          random.nextInt(4) == 0,
          replace,
          random.nextInt(4) != 0);
    }

    private void check() {
      assertThat(board.exchange.size()).isZero();
      assertThat(board.faults).isEmpty();
      assertThat(board.events().getLast()).isInstanceOf(Event.CallEnded.class);
      Map<OperationId, Integer> beginnings = new LinkedHashMap<>();
      Set<OperationId> running = new LinkedHashSet<>();
      Set<IvrId> open = new LinkedHashSet<>();
      for (Event event : board.events()) {
        switch (event) {
          case Event.OperationAccepted(OperationId id) -> {
            beginnings.merge(id, 1, Integer::sum);
            assertThat(running.add(id)).as("%s is accepted once", id).isTrue();
          }
          case Event.OperationSucceeded(OperationId id, _) ->
              assertThat(running.remove(id)).as("%s ends once", id).isTrue();
          case Event.OperationCancelled(OperationId id, _, _) ->
              assertThat(running.remove(id)).as("%s ends once", id).isTrue();
          case Event.OperationFailed(OperationId id, _, _) -> {
            if (!running.remove(id)) { // refused
              beginnings.merge(id, 1, Integer::sum);
            }
          }
          case Event.OperationProgress(OperationId id, _) -> assertThat(running).contains(id);
          case Event.IvrCreated(IvrId id, _, _) -> assertThat(open.add(id)).isTrue();
          case Event.IvrChanged(IvrId id, _, _, _) -> assertThat(open).contains(id);
          case Event.IvrEnded(IvrId id, _, _, _) -> assertThat(open.remove(id)).isTrue();
          case Event _ -> {}
        }
      }
      assertThat(running).as("operations without an end").isEmpty();
      assertThat(beginnings)
          .allSatisfy(
              (id, count) -> assertThat(count).as("%s", id).isLessThanOrEqualTo(asks.get(id)));
      assertThat(open).as("ivrs without an end").isEmpty();
      noSoundIsGivenTwice();
    }

    private void noSoundIsGivenTwice() {
      Set<String> refs = new LinkedHashSet<>();
      for (MediaCommand command : board.sounded) {
        if (command instanceof MediaCommand.Play play) {
          assertThat(refs.add(play.ref())).as("%s is played once", play.ref()).isTrue();
        }
      }
    }
  }
}
