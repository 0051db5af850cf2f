package io.tipring.core.call;

import static io.tipring.core.call.Answered.LEG;
import static io.tipring.core.call.Answered.digits;
import static io.tipring.core.call.Answered.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.GatherEnd;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Operation.Gather;
import io.tipring.api.OperationId;
import io.tipring.api.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatherTest {
  private static final Prompt PROMPT = new Prompt.Speech("Enter your number");
  private final Answered call = Answered.answered();

  private static Gather gather(boolean bargeIn, boolean sensitive, Digits digits) {
    return new Gather(Optional.empty(), digits, List.of(PROMPT), bargeIn, sensitive, false, true);
  }

  @Test
  void theFirstKeyStopsTheNoInputTimer() {
    OperationId id = call.ask(new Gather(Digits.between(4, 4).within(Duration.ofSeconds(5))));
    call.board.runMillis(4_900);
    call.down('1');
    call.board.runMillis(3_000);
    assertThat(call.ends(id)).isEmpty();
    call.up('1');
    call.board.runMillis(4_900);
    assertThat(call.ends(id)).isEmpty();
  }

  @Test
  void aPartialEntryComesBackWithTimeout() {
    OperationId id = call.ask(new Gather(Digits.between(4, 4).within(Duration.ofSeconds(5))));
    call.press("12");
    call.board.run(6);
    assertThat(digits(call.end(id))).isEqualTo("12");
    assertThat(reason(call.end(id))).isEqualTo(GatherEnd.TIMEOUT);
  }

  @Test
  void onceThereAreMinTheInterDigitTimeoutReplacesTheOther() {
    OperationId id = call.ask(new Gather(Digits.between(2, 8)));
    call.press("12");
    call.board.runMillis(2_900);
    assertThat(call.ends(id)).isEmpty();
    call.board.runMillis(200);
    assertThat(reason(call.end(id))).isEqualTo(GatherEnd.INTER_DIGIT_TIMEOUT);
    assertThat(digits(call.end(id))).isEqualTo("12");
  }

  @Test
  void aSlowTypistHasTheWholeTimeForEachKeyBelowMin() {
    OperationId id = call.ask(new Gather(Digits.between(3, 3)));
    for (String key : List.of("1", "2", "3")) {
      call.board.run(14);
      call.press(key);
    }
    assertThat(reason(call.end(id))).isEqualTo(GatherEnd.MAX_DIGITS);
  }

  @Test
  void notOneKeyIsNoInput() {
    OperationId id = call.ask(new Gather(Digits.between(1, 1)));
    call.board.run(16);
    assertThat(reason(call.end(id))).isEqualTo(GatherEnd.NO_INPUT);
  }

  @Test
  void theKeyThatFinishesIsNoPartOfTheEntry() {
    OperationId id = call.ask(new Gather(Digits.between(1, 8)));
    call.press("12#");
    assertThat(digits(call.end(id))).isEqualTo("12");
    assertThat(reason(call.end(id))).isEqualTo(GatherEnd.FINISH_KEY);
  }

  @Test
  void timeRunsFromTheEndOfThePrompt() {
    OperationId id = call.ask(gather(true, false, Digits.between(1, 1)));
    call.ready();
    call.board.run(20);
    assertThat(call.ends(id)).isEmpty();
    call.finish(id, 0);
    call.board.runMillis(14_900);
    assertThat(call.ends(id)).isEmpty();
    call.board.runMillis(200);
    assertThat(reason(call.end(id))).isEqualTo(GatherEnd.NO_INPUT);
  }

  @Test
  void aKeyGoingDownCutsThePromptAndWhatElseIsHeard() {
    OperationId before = call.ask(Operation.Play.forever("tone:400"));
    OperationId id = call.ask(gather(true, false, Digits.between(1, 1)));
    OperationId after = call.ask(new Operation.Play("tone:500"));
    call.down('7');
    assertThat(call.sound())
        .containsExactly("+" + before.value() + "/0", "-" + before.value() + "/0");
    assertThat(call.end(before)).isEqualTo(bargedIn(before));
    assertThat(call.end(after)).isEqualTo(bargedIn(after));
    call.up('7');
    assertThat(digits(call.end(id))).isEqualTo("7");
  }

  @Test
  void aPromptThatMustBeHeardIsHeardAndTheKeysCount() {
    OperationId id = call.ask(gather(false, false, Digits.between(2, 2)));
    call.ready();
    call.press("123");
    assertThat(call.ends(id)).isEmpty();
    assertThat(call.sound()).containsExactly("+" + id.value() + "/0");
    call.finish(id, 0);
    assertThat(digits(call.end(id))).isEqualTo("12");
    OperationId next = call.ask(new Gather(Digits.between(1, 1)));
    assertThat(digits(call.end(next))).isEqualTo("3");
  }

  @Test
  void keysTypedAheadAreKeptAndThenThePromptIsNotBegun() {
    call.press("12");
    OperationId id = call.ask(gather(true, false, Digits.between(2, 2)));
    assertThat(digits(call.end(id))).isEqualTo("12");
    call.ready();
    assertThat(call.sound()).isEmpty();
  }

  @Test
  void of40KeysTypedAheadTheFirst32AreKept() {
    call.press("1234567890".repeat(4));
    OperationId id = call.ask(new Gather(Digits.between(1, 64)));
    call.board.run(4);
    assertThat(digits(call.end(id))).isEqualTo("1234567890".repeat(4).substring(0, 32));
  }

  @Test
  void keysTypedAheadAreForgotten30SecondsAfterTheLast() {
    call.press("1");
    call.board.run(29);
    call.press("2");
    call.board.run(29);
    OperationId kept = call.ask(new Gather(Digits.between(2, 2)));
    assertThat(digits(call.end(kept))).isEqualTo("12");
    call.press("3");
    call.board.run(30);
    OperationId forgotten = call.ask(new Gather(Digits.between(1, 1)));
    assertThat(call.ends(forgotten)).isEmpty();
  }

  @Test
  void aGatherThatWantsNoKeysTypedAheadForgetsThem() {
    call.press("12");
    OperationId id =
        call.ask(
            new Gather(
                Optional.empty(),
                Digits.between(1, 1),
                List.of(PROMPT),
                true,
                false,
                false,
                false));
    call.ready();
    assertThat(call.sound()).hasSize(1);
    call.press("3");
    assertThat(digits(call.end(id))).isEqualTo("3");
  }

  @Test
  void theFinishingKeyBehindAFullEntryIsNotTheNextEntry() {
    OperationId full = call.ask(new Gather(Digits.between(4, 4)));
    call.press("1234");
    assertThat(reason(call.end(full))).isEqualTo(GatherEnd.MAX_DIGITS);
    OperationId next = call.ask(gather(true, false, Digits.between(1, 4)));
    call.ready();
    call.down('#');
    call.board.run(4);
    call.up('#');
    assertThat(call.sound()).as("nor does it cut the next prompt").hasSize(1);
    assertThat(call.ends(next)).isEmpty();
    call.press("#");
    assertThat(digits(call.end(next))).as("the second one is").isEmpty();
  }

  @Test
  void theFinishingKeyBehindAFullEntryIsNoneThatIsTypedAheadEither() {
    call.press("1234#5");
    call.ask(new Gather(Digits.between(4, 4)));
    OperationId next = call.ask(new Gather(Digits.between(1, 1)));
    assertThat(digits(call.end(next))).isEqualTo("5");
  }

  @Test
  void theFinishingKeyIsANewOneAfterAnotherKeyOrAfterItsTimeOrWhereEntriesAreOneKey() {
    call.ask(new Gather(Digits.between(2, 2)));
    call.press("123#");
    OperationId another = call.ask(new Gather(Digits.between(1, 8)));
    assertThat(digits(call.end(another))).isEqualTo("3");
    assertThat(reason(call.end(another))).isEqualTo(GatherEnd.FINISH_KEY);

    call.ask(new Gather(Digits.between(2, 2)));
    call.press("12");
    call.board.run(3);
    OperationId later = call.ask(new Gather(Digits.between(1, 8)));
    call.press("#");
    assertThat(reason(call.end(later))).isEqualTo(GatherEnd.FINISH_KEY);

    call.ask(new Gather(Digits.between(1, 1)));
    call.press("1");
    OperationId menu = call.ask(new Gather(Digits.between(1, 8)));
    call.press("#");
    assertThat(reason(call.end(menu))).isEqualTo(GatherEnd.FINISH_KEY);
  }

  @Test
  void keysBySipInfoCountAndCutThePromptThoughTheyHaveNoBeginning() {
    OperationId id = call.ask(gather(true, false, Digits.between(1, 2)));
    call.ready();
    call.board.leg(new LegEvent.LegKey(LEG, '5', 100));
    assertThat(call.sound()).containsExactly("+" + id.value() + "/0", "-" + id.value() + "/0");
    call.board.run(4);
    assertThat(digits(call.end(id))).isEqualTo("5");
  }

  @Test
  void aKeyWhoseEndIsLostDoesNotHangTheGather() {
    OperationId id = call.ask(new Gather(Digits.between(1, 1)));
    call.down('5');
    call.board.run(22);
    assertThat(reason(call.end(id))).isEqualTo(GatherEnd.NO_INPUT);
  }

  @Test
  void aPromptThatCannotBeMadeFailsTheGatherAndTheCallLives() {
    OperationId id = call.ask(gather(true, false, Digits.between(1, 1)));
    call.fails(Refusal.SPEECH_FAILED);
    assertThat(call.end(id))
        .isEqualTo(new Event.OperationFailed(id, Refusal.SPEECH_FAILED, "broken"));
    assertThat(ivrEnds()).containsExactly(GatherEnd.FAILED);
    assertThat(call.board.exchange.size()).isOne();
  }

  @Test
  void aHangUpInTheMiddleEndsTheGatherAndItsIvrOnce() {
    OperationId id = call.ask(new Gather(Digits.between(4, 4)));
    call.press("12");
    call.legEnds();
    assertThat(call.end(id)).isInstanceOf(Event.OperationFailed.class);
    assertThat(ivrEnds()).containsExactly(GatherEnd.LEG_ENDED);
  }

  @Test
  void gathersQueueAndAReplacingOneEndsThemAll() {
    OperationId first = call.ask(new Gather(Digits.between(4, 4)));
    OperationId second = call.ask(new Gather(Digits.between(4, 4)));
    OperationId third =
        call.ask(
            new Gather(Optional.empty(), Digits.between(1, 1), List.of(), true, false, true, true));
    assertThat(call.end(first)).isEqualTo(cancelled(first, CancelReason.REPLACED));
    assertThat(call.end(second)).isEqualTo(cancelled(second, CancelReason.REPLACED));
    call.press("9");
    assertThat(digits(call.end(third))).isEqualTo("9");
  }

  @Test
  void aSayThatReplacesTakesThePromptButNotTheGather() {
    OperationId id = call.ask(gather(true, false, Digits.between(1, 1)));
    call.ready();
    call.ask(
        new Operation.Say(
            Optional.empty(), "Stop", Optional.empty(), Optional.empty(), false, true));
    assertThat(call.sound()).containsExactly("+" + id.value() + "/0", "-" + id.value() + "/0");
    call.press("4");
    assertThat(digits(call.end(id))).isEqualTo("4");
  }

  @Test
  void whatIsSensitiveIsMaskedInTheJournalAlsoTheKeysAfterTheEntry() {
    call.ask(
        new Gather(Optional.empty(), Digits.between(4, 4), List.of(), true, true, false, true));
    call.press("98769");
    assertThat(call.board.events().toString()).doesNotContain("9876", "digit=9");
    assertThat(call.board.events().toString()).contains(Event.MASK);
  }

  @Test
  void keysTypedAheadAreMaskedInTheJournalSinceTheNextGatherMayBeSensitive() {
    call.press("98");
    assertThat(call.heard.toString()).contains("digit=9", "digit=8");
    OperationId id =
        call.ask(
            new Gather(Optional.empty(), Digits.between(2, 2), List.of(), true, true, false, true));
    assertThat(call.board.events().toString()).doesNotContain("digit=9", "digits=9");
    assertThat(digits(call.end(id))).isEqualTo(Event.MASK);
    assertThat(call.heard.toString()).contains("digits=98");
  }

  @Test
  void whatIsPressedBehindASensitiveEntryStaysSecretAlsoWhenAnotherGatherTakesIt() {
    call.ask(
        new Gather(Optional.empty(), Digits.between(4, 4), List.of(), true, true, false, true));
    call.press("987654");
    OperationId next = call.ask(new Gather(Digits.between(2, 2)));
    assertThat(digits(call.end(next))).isEqualTo(Event.MASK);
    assertThat(call.heard.toString()).contains("digits=54");
    assertThat(call.board.events().toString()).doesNotContain("=5", "=54");
    call.ask(new Gather(Digits.between(2, 2)));
    call.press("77");
    assertThat(call.board.events().toString()).contains("digits=77");
  }

  @Test
  void whatCannotBeGatheredIsRefusedWithAHint() {
    for (Digits wrong :
        List.of(
            Digits.between(0, 1),
            Digits.between(2, 1),
            Digits.between(1, 65),
            Digits.between(1, 1).within(Duration.ZERO),
            new Digits(1, 1, "##", Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new Digits(1, 1, "x", Duration.ofSeconds(1), Duration.ofSeconds(1)))) {
      assertThat(((Event.OperationFailed) call.end(call.ask(new Gather(wrong)))).refusal())
          .isEqualTo(Refusal.BAD_PARAMETER);
    }
  }

  private List<GatherEnd> ivrEnds() {
    return call.board.events().stream()
        .filter(Event.IvrEnded.class::isInstance)
        .map(event -> ((Event.IvrEnded) event).reason())
        .toList();
  }

  private static Event bargedIn(OperationId id) {
    return new Event.OperationCancelled(id, CancelReason.BARGED_IN, Optional.of(Duration.ZERO));
  }

  private static Event cancelled(OperationId id, CancelReason reason) {
    return new Event.OperationCancelled(id, reason, Optional.empty());
  }
}
