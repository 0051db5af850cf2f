package io.tipring.core.call;

import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.call.Beginning.Ending;
import io.tipring.core.call.Beginning.Refused;
import java.util.List;

/// `Redirect`: ends what is in progress and gives the call to another application. Nothing is left
/// to wait for.
final class RedirectRun {
  private RedirectRun() {}

  /// @param inProgress everything that is
  static Beginning begin(String application, Leg leg, Directory directory, List<RunId> inProgress) {
    if (leg.ending()) {
      return Beginning.LEG_IS_ENDING;
    }
    if (directory.named(application).isEmpty()) {
      return new Refused(Refusal.UNKNOWN_APPLICATION, "no application of that name is configured");
    }
    return new Ending(
        inProgress,
        CancelReason.REDIRECTED,
        List.of(new Effect.HandOver(application, StartReason.REDIRECTED)));
  }
}
