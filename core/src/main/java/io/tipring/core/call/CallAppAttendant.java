package io.tipring.core.call;

import io.tipring.api.CallApp;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.core.journal.Journal;
import java.util.function.Supplier;

/// Seats a [CallApp]: hands it each event and asks for what it answers. Owner: the exchange lane.
public final class CallAppAttendant implements Attendant {
  private final CallApp app;
  private final CallLine line;
  private long asked;

  /// @param asked each operation has an event of its own, so ids counted on from the number of the
  ///   last event are new, also when another application had the call before
  private CallAppAttendant(CallApp app, CallLine line, long asked) {
    this.app = app;
    this.line = line;
    this.asked = asked;
  }

  /// An application that has a new `app` for each call.
  public static Application application(Supplier<CallApp> app) {
    return (line, _, at, _) -> new CallAppAttendant(app.get(), line, at.seq());
  }

  @Override
  public void on(Journal.Entry entry) {
    for (Operation operation : app.on(entry.event())) {
      line.ask(new OperationId(OperationId.PREFIX + ++asked), operation);
    }
  }

  @Override
  public void handedOver() {}
}
