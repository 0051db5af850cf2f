package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.api.IvrId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a call accepts or refuses what it is asked for. Owner: the exchange lane.
final class Admission {
  private final int most;
  private final Directory directory;
  private final Supplier<IvrId> ivrIds;
  private final InFlight inFlight;
  private final UsedIds used = new UsedIds();

  /// @param most operations in flight
  Admission(int most, Directory directory, Supplier<IvrId> ivrIds, InFlight inFlight) {
    this.most = most;
    this.directory = directory;
    this.ivrIds = ivrIds;
    this.inFlight = inFlight;
  }

  /// @param leg the one that is addressed, if there is one
  Beginning judge(OperationId id, Operation operation, @Nullable Leg leg, long nowNanos) {
    if (!used.add(id)) {
      return new Beginning.Refused(
          Refusal.DUPLICATE_ID, "the call had an operation of this id; it is not done again");
    }
    if (leg == null) {
      return new Beginning.Refused(
          Refusal.UNKNOWN_LEG, "the call has no such leg, or it has ended");
    }
    if (inFlight.size() >= most && !makesRoom(operation, leg)) {
      return new Beginning.Refused(
          Refusal.TOO_MANY,
          "at most " + most + " operations of a call are in flight; wait for one to end");
    }
    return switch (operation) {
      case Operation.Ring _ -> RingRun.begin(leg);
      case Operation.Answer _ -> AnswerRun.begin(id, leg, nowNanos);
      case Operation.Reject reject -> RejectRun.begin(id, reject, leg, nowNanos);
      case Operation.Say say -> SayRun.begin(id, say, leg);
      case Operation.Play play -> PlayRun.begin(id, play, leg);
      case Operation.Pause pause -> PauseRun.begin(id, pause, leg);
      case Operation.Gather gather -> GatherRules.begin(id, gather, leg, ivrIds);
      case Operation.Echo _ -> EchoRun.begin(id, leg);
      case Operation.SendDigits send -> SendDigitsRun.begin(id, send, leg);
      case Operation.Redirect(String name) -> RedirectRun.begin(name, directory, inFlight.ids());
      case Operation.Cancel(OperationId other) -> CancelRun.begin(other, inFlight.find(other));
      case Operation.HangUp _ -> HangUpRun.begin(id, leg, nowNanos);
    };
  }

  /// It ends others, so a full call is no reason to refuse it.
  private boolean makesRoom(Operation operation, Leg leg) {
    return switch (operation) {
      case Operation.Redirect _, Operation.Cancel _, Operation.HangUp _ -> true;
      case Operation _ -> inFlight.endsSome(Replaced.by(operation), leg.id());
    };
  }
}
