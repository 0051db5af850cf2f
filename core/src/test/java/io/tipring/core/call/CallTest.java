package io.tipring.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallApp;
import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.CallEnded;
import io.tipring.api.Event.LegChanged;
import io.tipring.api.Event.OperationFailed;
import io.tipring.api.Event.OperationSucceeded;
import io.tipring.api.Event.Refusal;
import io.tipring.api.IvrId;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Answer;
import io.tipring.api.Operation.Echo;
import io.tipring.api.Operation.HangUp;
import io.tipring.api.Operation.Play;
import io.tipring.api.Operation.Reject;
import io.tipring.api.Operation.Ring;
import io.tipring.api.Operation.SendDigits;
import io.tipring.api.OperationId;
import io.tipring.core.call.LegCommand.AnswerLeg;
import io.tipring.core.call.LegCommand.HangUpLeg;
import io.tipring.core.call.LegCommand.RejectLeg;
import io.tipring.core.call.LegCommand.RingLeg;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaStats;
import io.tipring.media.spec.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallTest {
  private static final LegId LEG = new LegId("leg_1");

  /// Does `first` when the call is created and `then` when it is answered.
  private static CallApp app(List<Operation> first, List<Operation> then) {
    return event ->
        switch (event) {
          case Event.CallCreated _ -> first;
          case LegChanged(LegId _, Event.LegState state) when state == Event.LegState.ANSWERED ->
              then;
          case Event _ -> List.of();
        };
  }

  private static Switchboard switchboard(CallApp app) {
    return new Switchboard(1, CallLimits.STANDARD, app);
  }

  @Test
  void aCallIsOfferedAnsweredAndEndsWhenItsCallerHangsUp() {
    var board = switchboard(app(List.of(new Ring(), new Answer()), List.of(new Echo())));
    board.offer(LEG, "echo");
    assertThat(board.signalled).containsExactly(new RingLeg(LEG), new AnswerLeg(LEG));
    board.leg(new LegEvent.LegAnswered(LEG));
    assertThat(board.sounded).singleElement().isInstanceOf(MediaCommand.Echo.class);
    board.leg(new LegEvent.LegEnded(LEG, EndReason.CALLER_HUNG_UP));
    assertThat(board.events().getLast()).isInstanceOf(CallEnded.class);
    assertThat(board.events())
        .filteredOn(OperationFailed.class::isInstance)
        .singleElement()
        .extracting(e -> ((OperationFailed) e).refusal())
        .isEqualTo(Refusal.LEG_ENDED);
    assertThat(board.exchange.size()).isZero();
  }

  @Test
  void eventsAreNumberedFromOneWithoutHoles() {
    var board = switchboard(app(List.of(new Answer()), List.of(new HangUp())));
    board.offer(LEG, "echo");
    board.leg(new LegEvent.LegAnswered(LEG));
    board.leg(new LegEvent.LegEnded(LEG, EndReason.APP_HUNG_UP));
    for (int i = 0; i < board.journal.size(); i++) {
      assertThat(board.journal.get(i).at().seq()).isEqualTo(i + 1);
    }
  }

  @Test
  void aNameThatIsNotConfiguredIsNotFound() {
    var board = switchboard(app(List.of(), List.of()));
    board.offer(LEG, "nobody");
    assertThat(board.signalled).containsExactly(new RejectLeg(LEG, 404, EndReason.NO_APPLICATION));
    assertThat(board.exchange.size()).isZero();
  }

  @Test
  void hangUpSucceedsAlsoWhenTheCallerWasFaster() {
    var board = switchboard(app(List.of(new Answer()), List.of(new HangUp())));
    board.offer(LEG, "echo");
    board.leg(new LegEvent.LegAnswered(LEG));
    assertThat(board.signalled).contains(new HangUpLeg(LEG, EndReason.APP_HUNG_UP));
    board.leg(new LegEvent.LegEnded(LEG, EndReason.CALLER_HUNG_UP));
    assertThat(board.events()).filteredOn(OperationSucceeded.class::isInstance).hasSize(2);
  }

  @Test
  void aCallerWhoCancelsFailsTheAnswerThatCameTooLate() {
    var board = switchboard(app(List.of(new Answer()), List.of()));
    board.offer(LEG, "echo");
    board.leg(new LegEvent.LegEnded(LEG, EndReason.CALLER_CANCELLED));
    board.leg(new LegEvent.LegAnswered(LEG));
    assertThat(board.events()).filteredOn(OperationFailed.class::isInstance).hasSize(1);
    assertThat(board.events().getLast())
        .extracting(e -> ((CallEnded) e).reason())
        .isEqualTo(EndReason.CALLER_CANCELLED);
  }

  @Test
  void aCallerWhoCancelsBeforeAnybodyLookedLeavesNoCallBehind() {
    var board = switchboard(app(List.of(), List.of()));
    board.exchange.tell(new LegEvent.LegOffered(LEG, "echo", "127.0.0.1", "alice"));
    board.exchange.tell(new LegEvent.LegEnded(LEG, EndReason.CALLER_CANCELLED));
    board.run(0);
    assertThat(board.exchange.size()).isZero();
    assertThat(board.events().getLast())
        .extracting(e -> ((CallEnded) e).reason())
        .isEqualTo(EndReason.CALLER_CANCELLED);
  }

  @Test
  void rejectWithAStatusThatIsNoRefusalIsRefusedItself() {
    var board = switchboard(app(List.of(new Reject(200), new Reject(486)), List.of()));
    board.offer(LEG, "echo");
    assertThat(board.signalled).containsExactly(new RejectLeg(LEG, 486, EndReason.APP_REJECTED));
    assertThat(board.events())
        .filteredOn(OperationFailed.class::isInstance)
        .singleElement()
        .extracting(e -> ((OperationFailed) e).refusal())
        .isEqualTo(Refusal.BAD_PARAMETER);
  }

  @Test
  void soundWaitsForTheAnswer() {
    var board =
        switchboard(
            app(
                List.of(new Answer(), new Play("tone:1000"), new Echo(), new SendDigits("1")),
                List.of()));
    board.offer(LEG, "echo");
    assertThat(board.events()).noneMatch(OperationFailed.class::isInstance);
    assertThat(board.sounded).isEmpty();
    board.leg(new LegEvent.LegAnswered(LEG));
    assertThat(board.sounded).singleElement().isInstanceOf(MediaCommand.Play.class);
  }

  @Test
  void aPlayEndsAsThePlaneSays() {
    var board = switchboard(app(List.of(new Answer()), List.of(new Play("tone:1000"))));
    board.offer(LEG, "tone");
    board.leg(new LegEvent.LegAnswered(LEG));
    var play = (MediaCommand.Play) board.sounded.getFirst();
    board.exchange.tell(
        new MediaEvent.Finished(LEG.value(), play.ref(), MediaEvent.Ending.COMPLETED));
    board.exchange.tell(new MediaEvent.Finished(LEG.value(), play.ref(), MediaEvent.Ending.GONE));
    board.run(0);
    assertThat(board.events()).filteredOn(OperationSucceeded.class::isInstance).hasSize(2);
    assertThat(board.events()).noneMatch(OperationFailed.class::isInstance);
  }

  @Test
  void keysArePlayedAsSoundAndNothingElseIsAKey() {
    var board =
        switchboard(app(List.of(new Answer()), List.of(new Play("keys:5#"), new Play("keys:5,"))));
    board.offer(LEG, "digits");
    board.leg(new LegEvent.LegAnswered(LEG));
    assertThat(board.sounded)
        .singleElement()
        .extracting(command -> ((MediaCommand.Play) command).source())
        .isEqualTo(new Source.Keys("5#", 160, 80));
    assertThat(board.events())
        .filteredOn(OperationFailed.class::isInstance)
        .singleElement()
        .extracting(e -> ((OperationFailed) e).refusal())
        .isEqualTo(Refusal.BAD_PARAMETER);
  }

  @Test
  void anOperationThatNobodyAnswersEndsAtItsDeadline() {
    var board = switchboard(app(List.of(new Answer()), List.of(new SendDigits("1"))));
    board.offer(LEG, "digits");
    board.leg(new LegEvent.LegAnswered(LEG));
    board.run(200);
    assertThat(board.events())
        .filteredOn(OperationFailed.class::isInstance)
        .singleElement()
        .extracting(e -> ((OperationFailed) e).refusal())
        .isEqualTo(Refusal.TIMED_OUT);
  }

  @Test
  void noMoreThan32OperationsAreInFlight() {
    List<Operation> many = Collections.nCopies(40, new SendDigits("1"));
    var board = switchboard(app(List.of(new Answer()), many));
    board.offer(LEG, "digits");
    board.leg(new LegEvent.LegAnswered(LEG));
    assertThat(board.events())
        .filteredOn(OperationFailed.class::isInstance)
        .hasSize(8)
        .extracting(e -> ((OperationFailed) e).refusal())
        .containsOnly(Refusal.TOO_MANY);
  }

  @Test
  void hangUpIsHeardHoweverManyOperationsAreInFlight() {
    List<Operation> many = new ArrayList<>(Collections.nCopies(40, new SendDigits("1")));
    many.add(new HangUp());
    var board = switchboard(app(List.of(new Answer()), many));
    board.offer(LEG, "digits");
    board.leg(new LegEvent.LegAnswered(LEG));
    assertThat(board.signalled).contains(new HangUpLeg(LEG, EndReason.APP_HUNG_UP));
  }

  @Test
  void anApplicationThatSaysNothingLosesItsCaller() {
    var board = switchboard(app(List.of(), List.of()));
    board.offer(LEG, "echo");
    board.run(CallLimits.STANDARD.unanswered().toSeconds() + 1);
    assertThat(board.signalled).containsExactly(new HangUpLeg(LEG, EndReason.APP_DID_NOT_ANSWER));
  }

  @Test
  void aLegThatNeverConfirmsItsEndIsForgottenAnyway() {
    var board = switchboard(app(List.of(), List.of()));
    board.offer(LEG, "echo");
    board.run(CallLimits.STANDARD.unanswered().toSeconds() + 61);
    assertThat(board.exchange.size()).isZero();
    assertThat(board.events().getLast()).isInstanceOf(CallEnded.class);
  }

  @Test
  void aLegThatNeverConfirmsItsHangUpIsForgottenAnyway() {
    Answered call = Answered.answered();
    call.ask(new HangUp());
    call.board.run(61);
    assertThat(call.board.exchange.size()).isZero();
    assertThat(call.board.events().getLast()).isInstanceOf(CallEnded.class);
  }

  @Test
  void aCallThatIsEndedBeforeItHasBegunIsHungUpAtOnce() {
    var call =
        new Call(
            new CallId("call_1"),
            CallLimits.STANDARD,
            Directory.byName(_ -> Optional.empty()),
            () -> new IvrId("ivr_1"),
            0);
    call.on(new CallInput.Terminate(EndReason.SHUTTING_DOWN), 1);
    assertThat(
            call.on(new CallInput.FromLeg(new LegEvent.LegOffered(LEG, "echo", "host", "bob")), 2))
        .contains(new Effect.Signal(new HangUpLeg(LEG, EndReason.SHUTTING_DOWN)));
  }

  @Test
  void aCallThatIsHungUpIsHandedToNobody() {
    Answered call = Answered.answered();
    OperationId hangUp = call.ask(new HangUp());
    OperationId redirect = call.ask(new Operation.Redirect("other"));
    assertThat(((OperationFailed) call.end(redirect)).refusal()).isEqualTo(Refusal.LEG_ENDED);
    call.legEnds();
    assertThat(call.end(hangUp)).isInstanceOf(Event.OperationSucceeded.class);
    assertThat(call.lines).hasSize(1);
  }

  @Test
  void aLegThatIsBeingRefusedWasNeverAnswered() {
    Answered call = Answered.ringing();
    call.ask(new HangUp());
    assertThat(call.lines.getFirst().snapshot().legs())
        .singleElement()
        .extracting(leg -> leg.state())
        .isEqualTo(Event.LegState.OFFERED);
  }

  @Test
  void anApplicationThatThrowsLosesOnlyItsOwnCall() {
    CallApp broken =
        event -> {
          throw new IllegalStateException("broken application: " + event);
        };
    var board = switchboard(broken);
    board.offer(LEG, "echo");
    assertThat(board.faults).isNotEmpty();
    assertThat(board.signalled).containsExactly(new HangUpLeg(LEG, EndReason.INTERNAL_ERROR));
  }

  @Test
  void anErrorInAnApplicationLosesItsCallToo() {
    CallApp broken =
        event -> {
          throw new StackOverflowError("application that never ends");
        };
    var board = switchboard(broken);
    board.offer(LEG, "echo");
    assertThat(board.faults).isNotEmpty().hasOnlyElementsOfType(StackOverflowError.class);
    assertThat(board.signalled).containsExactly(new HangUpLeg(LEG, EndReason.INTERNAL_ERROR));
  }

  @Test
  void aCallWhoseSoundEndsUnaskedEnds() {
    var board = switchboard(app(List.of(new Answer()), List.of(new Echo())));
    board.offer(LEG, "echo");
    board.leg(new LegEvent.LegAnswered(LEG));
    board.exchange.tell(new MediaEvent.Closed(LEG.value(), MediaStats.NONE));
    board.run(0);
    assertThat(board.signalled).last().isEqualTo(new HangUpLeg(LEG, EndReason.INTERNAL_ERROR));
    board.leg(new LegEvent.LegEnded(LEG, EndReason.INTERNAL_ERROR));
    assertThat(board.events()).last().isInstanceOf(CallEnded.class);
  }

  @Test
  void aTurnThatThrowsLosesOnlyItsOwnCallAndGivesEverythingInItAnEnd() {
    var board = switchboard(app(List.of(new Ring(), new Answer()), List.of(new Echo())));
    LegId other = new LegId("leg_2");
    board.offer(other, "echo");
    board.broken = new AnswerLeg(LEG)::equals;
    board.offer(LEG, "echo");
    assertThat(board.faults).hasSize(1);
    assertThat(board.signalled).contains(new HangUpLeg(LEG, EndReason.INTERNAL_ERROR));
    List<Event> events = board.events();
    assertThat(events.subList(events.size() - 3, events.size()))
        .satisfiesExactly(
            e -> assertThat(e).isInstanceOf(OperationFailed.class),
            e -> assertThat(e).isEqualTo(new Event.LegEnded(LEG, EndReason.INTERNAL_ERROR)),
            e -> assertThat(e).isInstanceOf(CallEnded.class));
    assertThat(board.exchange.size()).isEqualTo(1);
    board.leg(new LegEvent.LegAnswered(other));
    assertThat(board.sounded).singleElement().isInstanceOf(MediaCommand.Echo.class);
  }

  @Test
  void aTurnThatThrowsEndsAlsoWhatWasHeardAndGathered() {
    Answered call = Answered.answered();
    call.ask(new Operation.Play("tone:400"));
    call.ask(new Operation.Gather(Operation.Digits.between(4, 4)));
    call.press("12");
    call.board.broken = HangUpLeg.class::isInstance;
    call.ask(new Operation.HangUp());
    assertThat(call.board.faults).as("once, and once more in the attempt to end it").hasSize(2);
    assertThat(call.board.exchange.size()).isZero();
    List<Event> events = call.board.events();
    assertThat(events.subList(events.size() - 5, events.size()))
        .satisfiesExactly(
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        Event.IvrEnded.class, ivr -> assertThat(ivr.digits()).isEqualTo("12")),
            e -> assertThat(e).isInstanceOf(OperationFailed.class),
            e -> assertThat(e).isInstanceOf(OperationFailed.class),
            e -> assertThat(e).isInstanceOf(Event.LegEnded.class),
            e -> assertThat(e).isInstanceOf(CallEnded.class));
    assertThat(call.heard).as("its application hears of it").endsWith(events.getLast());
  }

  @Test
  void drainingTakesNoNewCallsAndEndsTheOldOnesAtTheDeadline() {
    var board = switchboard(app(List.of(new Answer()), List.of()));
    board.offer(LEG, "echo");
    board.leg(new LegEvent.LegAnswered(LEG));
    boolean[] empty = {false};
    board.exchange.drain(Duration.ofSeconds(10).toNanos(), () -> empty[0] = true);
    LegId late = new LegId("leg_2");
    board.offer(late, "echo");
    assertThat(board.signalled).contains(new RejectLeg(late, 503, EndReason.SHUTTING_DOWN));
    assertThat(empty[0]).isFalse();
    board.run(11);
    assertThat(board.signalled).contains(new HangUpLeg(LEG, EndReason.SHUTTING_DOWN));
    board.leg(new LegEvent.LegEnded(LEG, EndReason.SHUTTING_DOWN));
    assertThat(empty[0]).isTrue();
  }

  @Test
  void aFullExchangeSaysSo() {
    var limits = new CallLimits(1, 32, Duration.ofMinutes(3), Duration.ofHours(12));
    var board = new Switchboard(1, limits, app(List.of(), List.of()));
    board.offer(LEG, "echo");
    LegId second = new LegId("leg_2");
    board.offer(second, "echo");
    assertThat(board.signalled).containsExactly(new RejectLeg(second, 503, EndReason.OVERLOADED));
  }
}
