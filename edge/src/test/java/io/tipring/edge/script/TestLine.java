package io.tipring.edge.script;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.CallState;
import io.tipring.api.Event.Direction;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.call.Application;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.CallLine;
import io.tipring.core.journal.Journal;
import io.tipring.edge.net.ThreadLane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A call on a lane that only remembers what it was asked, until the test lets it answer.
final class TestLine implements CallLine {
  private static final long PATIENCE_SECONDS = 60;

  /// @param id of the operation
  record Asked(OperationId id, Operation operation) {}

  private final CallId call;
  private final ThreadLane lane;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<EndReason> terminated = new LinkedBlockingQueue<>();
  private @Nullable Attendant attendant;
  private long seq;

  TestLine(String call, ThreadLane lane) {
    this.call = new CallId(call);
    this.lane = lane;
  }

  /// Gives the call to `application`.
  void attend(Application application) {
    lane.post(
        call.value(),
        () -> attendant = application.attend(this, snapshot(), new Cursor(1, 0), StartReason.CALL));
  }

  void tell(Event... events) {
    for (Event event : events) {
      lane.post(
          call.value(),
          () -> attended().on(new Journal.Entry(call, new Cursor(1, ++seq), 0, 0, event)));
    }
  }

  void handOver() {
    lane.post(call.value(), () -> attended().handedOver());
  }

  void hangUp() {
    tell(new Event.CallEnded(call, EndReason.CALLER_HUNG_UP));
  }

  /// What the script asks next.
  Asked asked() throws InterruptedException {
    Asked next = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was asked");
    }
    return next;
  }

  /// What it asks next succeeds at once.
  Operation done() throws InterruptedException {
    Asked next = asked();
    tell(
        new Event.OperationAccepted(next.id()),
        new Event.OperationSucceeded(next.id(), new Outcome.Done()));
    return next.operation();
  }

  EndReason terminated() throws InterruptedException {
    EndReason reason = terminated.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (reason == null) {
      throw new AssertionError("the call was not ended");
    }
    return reason;
  }

  private Attendant attended() {
    if (attendant == null) {
      throw new IllegalStateException("nobody attends");
    }
    return attendant;
  }

  @Override
  public CallId call() {
    return call;
  }

  @Override
  public void ask(OperationId id, Operation operation) {
    asked.add(new Asked(id, operation));
  }

  @Override
  public void fallBackTo(String application) {
    throw new IllegalStateException("a script falls back to nobody");
  }

  @Override
  public void terminate(EndReason reason) {
    terminated.add(reason);
  }

  @Override
  public CallSnapshot snapshot() {
    return new CallSnapshot(
        call,
        Direction.INBOUND,
        "sip:ann@example.com",
        "menu",
        CallState.OFFERED,
        List.of(),
        List.of());
  }

  /// How long a test waits for what must happen.
  static Duration patience() {
    return Duration.ofSeconds(PATIENCE_SECONDS);
  }
}
