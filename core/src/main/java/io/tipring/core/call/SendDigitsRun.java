package io.tipring.core.call;

import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Stage;
import io.tipring.api.LegId;
import io.tipring.api.Operation.SendDigits;
import io.tipring.api.Outcome;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaEvent.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `SendDigits`: presses keys towards the other side. Succeeds when the last key was released.
record SendDigitsRun(RunId id, LegId leg, String digits, State state) implements OperationRun {
  private static final String KEYS = "0123456789*#ABCD,";
  private static final int LONGEST = 64;
  private static final int TONE_MILLIS = 160;
  private static final int GAP_MILLIS = 80;
  private static final Duration PER_KEY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  sealed interface State {
    record Waiting() implements State {}

    record Sending(long giveUpNanos) implements State {}
  }

  static Beginning begin(RunId id, SendDigits send, Leg leg) {
    String digits = send.digits();
    if (digits.isEmpty()
        || digits.length() > LONGEST
        || !digits.chars().allMatch(c -> KEYS.indexOf(c) >= 0)) {
      return Beginning.bad("digits are 1 to " + LONGEST + " of " + KEYS);
    }
    return leg.ending()
        ? Beginning.LEG_IS_ENDING
        : new Begun(new SendDigitsRun(id, leg.id(), digits, new State.Waiting()), leg);
  }

  @Override
  public long deadlineNanos() {
    return switch (state) {
      case State.Waiting _ -> Long.MAX_VALUE;
      case State.Sending(long giveUpNanos) -> giveUpNanos;
    };
  }

  @Override
  public boolean sounds() {
    return true;
  }

  @Override
  public boolean waits() {
    return state instanceof State.Waiting;
  }

  @Override
  public Verdict on(RunInput input, long nowNanos) {
    return switch (input) {
      case RunInput.MaySound _ -> send(nowNanos);
      case RunInput.Finished(_, Ending ending, _) when !waits() ->
          ending == Ending.COMPLETED
              ? new Verdict.Succeeded(new Outcome.Done(), List.of())
              : Verdict.soundEnded();
      case RunInput.Hush(CancelReason reason) ->
          new Verdict.Cancelled(reason, Optional.empty(), silence());
      case RunInput.Stop(CancelReason reason) ->
          new Verdict.Cancelled(reason, Optional.empty(), silence());
      case RunInput.LegEnded _ -> Verdict.legEnded(List.of());
      case RunInput.Deadline _ -> Verdict.timedOut(silence());
      case RunInput.LegAnswered _, RunInput.Prepared _, RunInput.Finished _, RunInput.OfEar _ ->
          Verdict.goesOn(this);
    };
  }

  private Verdict send(long nowNanos) {
    long giveUp = nowNanos + PATIENCE.toNanos() + digits.length() * PER_KEY.toNanos();
    return new Verdict.GoesOn(
        new SendDigitsRun(id, leg, digits, new State.Sending(giveUp)),
        List.of(
            new Effect.Sound(
                new MediaCommand.SendDigits(leg.value(), ref(), digits, TONE_MILLIS, GAP_MILLIS)),
            new Effect.Announce(new Event.OperationProgress(id.operation(), Stage.PLAYING))));
  }

  private List<Effect> silence() {
    return waits()
        ? List.of()
        : List.of(new Effect.Sound(new MediaCommand.Stop(leg.value(), ref())));
  }

  private String ref() {
    return new Ref(id, 0).text();
  }
}
