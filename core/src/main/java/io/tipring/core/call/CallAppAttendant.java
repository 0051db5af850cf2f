package io.tipring.core.call;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.core.journal.Journal;
import java.util.List;
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
    return (line, call, at, reason) -> {
      CallAppAttendant attendant = new CallAppAttendant(app.get(), line, at.seq());
      switch (reason) {
        case CALL, RESUMED -> {}
        case REDIRECTED, FALLBACK -> attendant.takeOver(call);
      }
      return attendant;
    };
  }

  /// What happened before is told as if it happened now, or one that waits for the answer of a call
  /// would wait for ever. One that answers every call need not know that this one was answered.
  private void takeOver(CallSnapshot call) {
    boolean answered = call.state() == Event.CallState.ANSWERED;
    List<Operation> first =
        app.on(new Event.CallCreated(call.call(), call.direction(), call.from(), call.to()));
    first.stream()
        .filter(operation -> !(answered && operation instanceof Operation.Answer))
        .forEach(this::ask);
    if (call.state() != Event.CallState.OFFERED) {
      app.on(new Event.CallChanged(call.call(), call.state())).forEach(this::ask);
    }
  }

  @Override
  public void on(Journal.Entry entry) {
    app.on(entry.event()).forEach(this::ask);
  }

  private void ask(Operation operation) {
    line.ask(new OperationId(OperationId.PREFIX + ++asked), operation);
  }

  @Override
  public void handedOver() {}
}
