package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Operation.SendDigits;
import io.tipring.api.OperationId;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.core.call.Beginning.Refused;
import io.tipring.media.spec.MediaCommand;
import java.time.Duration;
import java.util.List;

/// `SendDigits`: presses keys towards the other side. Succeeds when the last key was released.
record SendDigitsRun(OperationId id, LegId leg, long deadlineNanos) implements OperationRun {
  private static final String KEYS = "0123456789*#ABCD,";
  private static final int LONGEST = 64;
  private static final int TONE_MILLIS = 160;
  private static final int GAP_MILLIS = 80;
  private static final Duration PER_KEY = Duration.ofSeconds(1);

  /// Earlier `SendDigits` on the leg may still be sending.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  static Beginning begin(OperationId id, SendDigits send, Leg leg, long nowNanos) {
    String digits = send.digits();
    if (digits.isEmpty()
        || digits.length() > LONGEST
        || !digits.chars().allMatch(c -> KEYS.indexOf(c) >= 0)) {
      return new Refused(Refusal.BAD_PARAMETER, "digits are 1 to " + LONGEST + " of " + KEYS);
    }
    if (!leg.answered()) {
      return new Refused(Refusal.WRONG_STATE, "answer the leg first");
    }
    long deadline = nowNanos + PATIENCE.toNanos() + digits.length() * PER_KEY.toNanos();
    return new Begun(
        new SendDigitsRun(id, leg.id(), deadline),
        leg,
        List.of(
            new Effect.Sound(
                new MediaCommand.SendDigits(
                    leg.id().value(), id.value(), digits, TONE_MILLIS, GAP_MILLIS))));
  }
}
