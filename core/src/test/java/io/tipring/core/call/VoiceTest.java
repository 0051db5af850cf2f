package io.tipring.core.call;

import static io.tipring.core.call.Answered.LEG;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Play;
import io.tipring.api.Operation.Say;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.core.call.LegCommand.HangUpLeg;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.spec.MediaEvent.Ending;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoiceTest {
  private final Answered call = Answered.answered();

  private static Event cancelled(OperationId id, CancelReason reason) {
    return new Event.OperationCancelled(id, reason, Optional.of(Duration.ZERO));
  }

  private Refusal refusal(OperationId id) {
    return ((Event.OperationFailed) call.end(id)).refusal();
  }

  @Test
  void speechIsPreparedWhileItRingsAndHeardAfterTheAnswer() {
    Answered ringing = Answered.ringing();
    OperationId id = ringing.ask(new Say("Hello"));
    ringing.ready();
    assertThat(ringing.sound()).isEmpty();
    ringing.answer();
    assertThat(ringing.sound()).containsExactly("+" + id.value() + "/0");
    ringing.finish(id, 0);
    assertThat(ringing.end(id))
        .isEqualTo(new Event.OperationSucceeded(id, new Outcome.Played(Duration.ofSeconds(1))));
  }

  @Test
  void whatIsHeardQueuesEachBehindTheOther() {
    OperationId one = call.ask(new Play("tone:400"));
    OperationId two = call.ask(new Play("tone:500"));
    assertThat(call.sound()).containsExactly("+" + one.value() + "/0");
    call.finish(one, 0);
    assertThat(call.sound()).containsExactly("+" + one.value() + "/0", "+" + two.value() + "/0");
  }

  @Test
  void piecesAreGivenOneAheadAndTheirTimesAddUp() {
    OperationId id =
        call.ask(new Play(Optional.empty(), List.of("keys:1", "keys:2"), 2, Duration.ZERO, false));
    assertThat(call.sound()).containsExactly("+op_2/0", "+op_2/1");
    for (int i = 0; i < 4; i++) {
      call.finish(id, i, Ending.COMPLETED, 240);
    }
    assertThat(call.end(id))
        .isEqualTo(new Event.OperationSucceeded(id, new Outcome.Played(Duration.ofMillis(960))));
  }

  @Test
  void speechThatFailsEndsItsOperationAndTheQueueGoesOn() {
    OperationId broken = call.ask(new Say("Hello"));
    OperationId next = call.ask(new Play("tone:400"));
    call.fails(Refusal.SPEECH_FAILED);
    assertThat(refusal(broken)).isEqualTo(Refusal.SPEECH_FAILED);
    assertThat(call.sound()).containsExactly("+" + next.value() + "/0");
  }

  @Test
  void aReplacingOneEndsWhatPlaysAndWaits() {
    OperationId one = call.ask(Play.forever("tone:400"));
    OperationId two = call.ask(new Operation.Echo());
    OperationId three =
        call.ask(new Play(Optional.empty(), List.of("tone:500"), 1, Duration.ZERO, true));
    assertThat(call.end(one)).isEqualTo(cancelled(one, CancelReason.REPLACED));
    assertThat(call.end(two)) // An echo has no length.
        .isEqualTo(new Event.OperationCancelled(two, CancelReason.REPLACED, Optional.empty()));
    assertThat(call.sound()).containsExactly("+op_2/0", "-op_2/0", "+" + three.value() + "/0");
    call.finish(one, 0, Ending.STOPPED, 0);
    assertThat(call.ends(three)).isEmpty();
  }

  @Test
  void aCancelledPlayIsSilentAtOnceAndItsLateEndIsNoNews() {
    OperationId id = call.ask(Play.forever("tone:400"));
    OperationId cancel = call.ask(new Operation.Cancel(id));
    call.finish(id, 0, Ending.STOPPED, 20);
    assertThat(call.sound()).containsExactly("+op_2/0", "-op_2/0");
    assertThat(call.end(id)).isEqualTo(cancelled(id, CancelReason.ASKED));
    assertThat(call.end(cancel)).isInstanceOf(Event.OperationSucceeded.class);
    assertThat(refusal(call.ask(new Operation.Cancel(id)))).isEqualTo(Refusal.UNKNOWN_OPERATION);
  }

  @Test
  void whatIsCancelledTellsHowMuchOfItWasHeard() {
    OperationId id =
        call.ask(new Play(Optional.empty(), List.of("keys:1", "keys:2"), 2, Duration.ZERO, false));
    call.board.runMillis(240);
    call.finish(id, 0, Ending.COMPLETED, 240);
    call.board.runMillis(100);
    call.ask(new Operation.Cancel(id));
    assertThat(played(id)).hasMillis(340);
  }

  @Test
  void noMoreOfAPieceWasHeardThanThereIs() {
    OperationId id = call.ask(new Play("keys:1", "keys:2"));
    call.board.runMillis(5_000); // The media plane is late with its word.
    call.ask(new Operation.Cancel(id));
    assertThat(played(id)).hasMillis(240);
  }

  private Duration played(OperationId id) {
    return ((Event.OperationCancelled) call.end(id)).played().orElseThrow();
  }

  @Test
  void aSecondApplicationMayUseTheIdsOfTheFirstAndGetsNoneOfItsAnswers() {
    OperationId one = new OperationId("1");
    OperationId two = new OperationId("2");
    call.ask(one, Play.forever("tone:400"));
    call.ask(two, new Say("Of the first"));
    String late = Answered.ref(call.board.sounded.getLast());
    call.ask(new OperationId("3"), new Operation.Redirect("other"));
    assertThat(call.lines).hasSize(2);
    int before = call.board.events().size();

    call.ask(one, new Play("keys:123"));
    call.ask(two, new Say("Of the second"));
    call.ready();
    call.tell(new MediaEvent.Finished(Answered.LEG.value(), late, Ending.STOPPED, 0));
    assertThat(call.sound()).containsExactly("+1/0", "-1/0", "+1/0");
    call.finish(one, 0);
    assertThat(call.sound()).as("the first's speech is not the second's").hasSize(3);
    call.ready();
    call.finish(two, 0);
    assertThat(call.board.events().subList(before, call.board.events().size()))
        .filteredOn(Event.OperationSucceeded.class::isInstance)
        .hasSize(2);
  }

  @Test
  void aHangUpWhilePreparingEndsItOnceAndTheLateSoundIsNoNews() {
    OperationId id = call.ask(new Say("Hello"));
    call.legEnds();
    call.ready();
    assertThat(refusal(id)).isEqualTo(Refusal.LEG_ENDED);
    assertThat(call.sound()).isEmpty();
  }

  @Test
  void aPauseAndTheKeysToSendHaveTheirTurns() {
    OperationId pause = call.ask(new Operation.Pause(Duration.ofMillis(200)));
    OperationId send = call.ask(new Operation.SendDigits("12"));
    call.finish(pause, 0, Ending.COMPLETED, 200);
    call.finish(send, 0, Ending.COMPLETED, 480);
    assertThat(call.end(send)).isEqualTo(new Event.OperationSucceeded(send, new Outcome.Done()));
  }

  @Test
  void whileAnOperationIsInProgressNothingComesOfAnotherOfItsId() {
    OperationId id = call.ask(Play.forever("tone:400"));
    call.ask(id, new Operation.HangUp());
    assertThat(call.board.signalled).noneMatch(HangUpLeg.class::isInstance);
    assertThat(call.board.events().getLast())
        .isEqualTo(new Event.OperationProgress(id, Event.Stage.PLAYING));
    assertThat(call.ends(id)).isEmpty();
  }

  @Test
  void aFullCallStillTakesWhatMakesRoom() {
    OperationId first = call.ask(Play.forever("tone:400"));
    for (int i = 1; i < 32; i++) {
      call.ask(Play.forever("tone:400"));
    }
    assertThat(refusal(call.ask(new Play("tone:1")))).isEqualTo(Refusal.TOO_MANY);
    assertThat(call.end(call.ask(new Operation.Cancel(first))))
        .isInstanceOf(Event.OperationSucceeded.class);
    call.ask(Play.forever("tone:400"));
    OperationId replacing =
        call.ask(new Play(Optional.empty(), List.of("tone:500"), 1, Duration.ZERO, true));
    assertThat(call.sound()).last().isEqualTo("+" + replacing.value() + "/0");
  }

  @Test
  void redirectEndsWhatIsInProgressAndTheOldApplicationMayAskNoMore() {
    OperationId playing = call.ask(Play.forever("tone:400"));
    CallLine old = call.lines.getLast();
    OperationId redirect = call.ask(new Operation.Redirect("other"));
    assertThat(call.end(playing)).isEqualTo(cancelled(playing, CancelReason.REDIRECTED));
    assertThat(call.end(redirect)).isInstanceOf(Event.OperationSucceeded.class);
    assertThat(call.lines).hasSize(2);
    int events = call.board.events().size();
    old.ask(new OperationId("op_late"), new Operation.HangUp());
    call.board.run(0);
    assertThat(call.board.events()).hasSize(events);
    assertThat(refusal(call.ask(new Operation.Redirect("nobody"))))
        .isEqualTo(Refusal.UNKNOWN_APPLICATION);
  }

  @Test
  void aFallbackEndsWhatIsInProgressAndOneThatIsNotThereEndsTheCall() {
    OperationId playing = call.ask(Play.forever("tone:400"));
    call.lines.getLast().fallBackTo("other");
    call.board.run(0);
    assertThat(call.end(playing)).isEqualTo(cancelled(playing, CancelReason.REDIRECTED));
    assertThat(call.lines).hasSize(2);
    call.lines.getLast().fallBackTo("nobody");
    call.board.run(0);
    assertThat(call.board.signalled).contains(new HangUpLeg(LEG, EndReason.APP_LOST));
  }

  @Test
  void whatCannotBePlayedIsRefusedWithAHint() {
    for (String wrong :
        List.of(
            "",
            "x",
            "ftp://h/a.wav",
            "tone:0",
            "tone:4000",
            "tone:moo",
            "tone:busy;country=xyz",
            "keys:",
            "keys:5,",
            "file:",
            "file:../a.wav",
            "file:/etc/passwd",
            "http://",
            "http:a b",
            "https://user:word@host/a.wav")) {
      assertThat(refusal(call.ask(new Play(wrong)))).as(wrong).isEqualTo(Refusal.BAD_PARAMETER);
    }
    for (Operation wrong :
        List.of(
            new Play(),
            new Play(Collections.nCopies(17, "tone:1").toArray(String[]::new)),
            new Play(Optional.empty(), List.of("tone:1"), -1, Duration.ZERO, false),
            new Play(Optional.empty(), List.of("tone:1"), 1, Duration.ofSeconds(1), false),
            new Say("x".repeat(3_001)),
            new Operation.Pause(Duration.ofMinutes(11)),
            new Operation.SendDigits(""))) {
      assertThat(refusal(call.ask(wrong))).as("%s", wrong).isEqualTo(Refusal.BAD_PARAMETER);
    }
    assertThat(call.sound()).isEmpty();
  }

  @Test
  void anEmptyTextIsSaidAtOnce() {
    assertThat(call.end(call.ask(new Say(" ")))).isInstanceOf(Event.OperationSucceeded.class);
  }
}
