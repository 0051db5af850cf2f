package io.tipring.app;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.core.journal.Journal;
import io.tipring.edge.net.Counters;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// A reader of the journal that counts calls and logs where they begin and end. Callers are not
/// named: a log is kept longer and read by more people than a call concerns.
final class CallLog implements Journal {
  private static final Logger LOG = Logger.getLogger("call");

  private final AtomicInteger live = new AtomicInteger();
  private final LongAdder calls = new LongAdder();
  private final Counters<EndReason> endings = new Counters<>(EndReason.class);

  /// Calls that have not ended. Any thread.
  int live() {
    return live.get();
  }

  /// Calls since the start.
  long calls() {
    return calls.sum();
  }

  /// Calls that ended, by reason.
  Map<String, Long> endings() {
    return endings.snapshot();
  }

  @Override
  public void append(Entry entry) {
    switch (entry.event()) {
      case Event.CallCreated _ -> {
        live.incrementAndGet();
        calls.increment();
        say(entry);
      }
      case Event.CallEnded ended -> {
        endings.count(ended.reason());
        live.decrementAndGet();
        say(entry);
      }
      // A play that its caller hung up on is how most plays end.
      case Event.OperationFailed failed when failed.refusal() != Event.Refusal.LEG_ENDED ->
          say(entry);
      case Event _ -> {}
    }
  }

  private static void say(Entry entry) {
    LOG.log(new Line(entry));
  }

  /// Written out by whoever prints it, not on the lane.
  private static final class Line extends LogRecord {
    private static final long serialVersionUID = 1;

    private final transient Entry entry;

    Line(Entry entry) {
      super(Level.INFO, "");
      this.entry = entry;
      setLoggerName(LOG.getName());
    }

    @Override
    public String getMessage() {
      return line(entry);
    }
  }

  private static String line(Entry entry) {
    String call = entry.call().value();
    return switch (entry.event()) {
      case Event.CallCreated created -> call + " for " + created.to();
      case Event.CallEnded ended -> call + " ended: " + ended.reason();
      case Event.OperationFailed failed ->
          call + " " + failed.operation() + " failed: " + failed.refusal() + ", " + failed.hint();
      case Event event -> call + " " + event;
    };
  }
}
