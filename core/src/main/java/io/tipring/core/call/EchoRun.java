package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.OperationId;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.core.call.Beginning.Refused;
import io.tipring.media.spec.MediaCommand;
import java.util.List;

/// `Echo`: the leg hears itself until the operation is cancelled or the leg ends.
record EchoRun(OperationId id, LegId leg) implements OperationRun {
  static Beginning begin(OperationId id, Leg leg) {
    if (!leg.answered()) {
      return new Refused(Refusal.WRONG_STATE, "answer the leg first");
    }
    return new Begun(
        new EchoRun(id, leg.id()),
        leg,
        List.of(new Effect.Sound(new MediaCommand.Echo(leg.id().value(), id.value()))));
  }

  @Override
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }
}
