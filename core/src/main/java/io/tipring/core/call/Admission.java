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
  private long begun;

  /// @param most operations in flight
  Admission(int most, Directory directory, Supplier<IvrId> ivrIds, InFlight inFlight) {
    this.most = most;
    this.directory = directory;
    this.ivrIds = ivrIds;
    this.inFlight = inFlight;
  }

  /// @param leg the one that is addressed, if there is one
  Beginning judge(OperationId id, Operation operation, @Nullable Leg leg, long nowNanos) {
    if (inFlight.find(id) != null) {
      return new Beginning.PassedOver();
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
    RunId run = new RunId(id, ++begun);
    return switch (operation) {
      case Operation.Ring _ -> RingRun.begin(leg);
      case Operation.Answer _ -> AnswerRun.begin(run, leg, nowNanos);
      case Operation.Reject reject -> RejectRun.begin(run, reject, leg, nowNanos);
      case Operation.Say say -> SayRun.begin(run, say, leg);
      case Operation.Play play -> PlayRun.begin(run, play, leg);
      case Operation.Pause pause -> PauseRun.begin(run, pause, leg);
      case Operation.Gather gather -> GatherRules.begin(run, gather, leg, ivrIds);
      case Operation.Echo _ -> EchoRun.begin(run, leg);
      case Operation.SendDigits send -> SendDigitsRun.begin(run, send, leg);
      case Operation.Redirect(String name) ->
          RedirectRun.begin(name, leg, directory, inFlight.ids());
      case Operation.Cancel(OperationId other) -> CancelRun.begin(other, inFlight.find(other));
      case Operation.HangUp _ -> HangUpRun.begin(run, leg, nowNanos);
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
