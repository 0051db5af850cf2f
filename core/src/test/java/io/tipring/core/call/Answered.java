package io.tipring.core.call;

import io.tipring.api.Event;
import io.tipring.api.GatherEnd;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.core.journal.Journal;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.DigitMethod;
import io.tipring.media.spec.MediaEvent.Ending;
import io.tipring.media.spec.Pcm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A call that a test drives by hand: it asks, presses keys, makes sound ready and ends it.
final class Answered {
  static final LegId LEG = new LegId("leg_1");

  /// One second.
  static final Pcm SECOND = Pcm.copyOf(new int[8_000], 8_000);

  /// What was asked of [Sounds] and not answered yet, oldest first.
  final List<Consumer<Preparation>> wanted = new ArrayList<>();

  /// The attendants that were seated, by their lines.
  final List<CallLine> lines = new ArrayList<>();

  /// What they were told.
  final List<Event> heard = new ArrayList<>();

  final Switchboard board;
  private int asked;

  private Answered() {
    board =
        new Switchboard(
            1, CallLimits.STANDARD, (line, _, _, _) -> seat(line), (_, done) -> wanted.add(done));
  }

  private Attendant seat(CallLine line) {
    lines.add(line);
    return new Attendant() {
      @Override
      public void on(Journal.Entry entry) {
        heard.add(entry.event());
      }

      @Override
      public void handedOver() {}
    };
  }

  static Answered ringing() {
    Answered call = new Answered();
    call.board.offer(LEG, "app");
    return call;
  }

  static Answered answered() {
    Answered call = ringing();
    call.answer();
    return call;
  }

  void answer() {
    ask(new Operation.Answer());
    board.leg(new LegEvent.LegAnswered(LEG));
  }

  OperationId ask(Operation operation) {
    OperationId id = new OperationId("op_" + ++asked);
    ask(id, operation);
    return id;
  }

  void ask(OperationId id, Operation operation) {
    lines.getLast().ask(id, operation);
    board.run(0);
  }

  /// Answers what was wanted first.
  void ready() {
    wanted.removeFirst().accept(new Preparation.Ready(SECOND));
    board.run(0);
  }

  void fails(Event.Refusal refusal) {
    wanted.removeFirst().accept(new Preparation.Unavailable(refusal, "broken"));
    board.run(0);
  }

  void down(char key) {
    tell(new MediaEvent.DigitBegan(LEG.value(), key, DigitMethod.RTP_EVENT));
  }

  void up(char key) {
    tell(new MediaEvent.Digit(LEG.value(), key, DigitMethod.RTP_EVENT, 100));
  }

  void press(String keys) {
    for (char key : keys.toCharArray()) {
      down(key);
      up(key);
    }
  }

  void finish(OperationId id, int number, Ending ending, int playedMillis) {
    tell(new MediaEvent.Finished(LEG.value(), ref(id, number), ending, playedMillis));
  }

  /// What the media plane got last under that name.
  private String ref(OperationId id, int number) {
    return board.sounded.reversed().stream()
        .map(Answered::ref)
        .filter(ref -> !ref.isEmpty() && name(ref).equals(id.value() + '/' + number))
        .findFirst()
        .orElseGet(() -> new Ref(new RunId(id, 0), number).text());
  }

  static String ref(MediaCommand command) {
    return switch (command) {
      case MediaCommand.Play play -> play.ref();
      case MediaCommand.Echo echo -> echo.ref();
      case MediaCommand.SendDigits send -> send.ref();
      case MediaCommand.Stop stop -> stop.ref();
      case MediaCommand _ -> "";
    };
  }

  private static String name(String text) {
    Ref ref = Ref.parse(text);
    return ref.run().operation().value() + '/' + ref.number();
  }

  void finish(OperationId id, int number) {
    finish(id, number, Ending.COMPLETED, 1_000);
  }

  void tell(MediaEvent event) {
    board.exchange.tell(event);
    board.run(0);
  }

  void legEnds() {
    board.leg(new LegEvent.LegEnded(LEG, io.tipring.api.EndReason.CALLER_HUNG_UP));
  }

  /// The one end of that operation; a test with none or two of them fails here.
  Event end(OperationId id) {
    List<Event> ends = ends(id);
    if (ends.size() != 1) {
      throw new AssertionError(id + " has the ends " + ends);
    }
    return ends.getFirst();
  }

  List<Event> ends(OperationId id) {
    return board.events().stream()
        .filter(event ->
            switch (event) {
              case Event.OperationSucceeded(OperationId of, _) -> of.equals(id);
              case Event.OperationFailed(OperationId of, _, _) -> of.equals(id);
              case Event.OperationCancelled(OperationId of, _, _) -> of.equals(id);
              case Event _ -> false;
            })
        .toList();
  }

  static String digits(Event end) {
    return gathered(end).digits();
  }

  static GatherEnd reason(Event end) {
    return gathered(end).reason();
  }

  private static Outcome.Gathered gathered(Event end) {
    return (Outcome.Gathered) ((Event.OperationSucceeded) end).outcome();
  }

  /// Names of what the media plane was given to play or told to stop, in order: `+op_1/0`,
  /// `-op_1/0`.
  List<String> sound() {
    List<String> names = new ArrayList<>();
    for (MediaCommand command : board.sounded) {
      if (!ref(command).isEmpty()) {
        names.add((command instanceof MediaCommand.Stop ? "-" : "+") + name(ref(command)));
      }
    }
    return names;
  }
}
