package io.tipring.core.call;

import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.OperationId;
import io.tipring.core.call.Beginning.Ending;
import io.tipring.core.call.Beginning.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `Cancel`: takes an operation back. That one ends in the same turn, so nothing is left to wait
/// for.
final class CancelRun {
  private CancelRun() {}

  /// @param target what is to be cancelled, if that is in progress
  static Beginning begin(OperationId ref, @Nullable OperationRun target) {
    return switch (target) {
      case null ->
          new Refused(
              Refusal.UNKNOWN_OPERATION, "no operation in progress is called " + ref.value());
      case AnswerRun _, RejectRun _, HangUpRun _ ->
          new Refused(Refusal.WRONG_STATE, "the other side was told already; hang up instead");
      case SoundingRun _, EchoRun _, SendDigitsRun _, GatherRun _ ->
          new Ending(List.of(target.id()), CancelReason.ASKED, List.of());
    };
  }
}
