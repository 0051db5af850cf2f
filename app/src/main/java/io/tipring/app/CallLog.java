package io.tipring.app;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.core.journal.Journal;
import io.tipring.edge.net.Counters;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A reader of the journal that logs where calls begin and end, and a place for lines from the
/// lane. It only puts them into a bounded queue; a thread of its own formats and prints, so that a
/// terminal that is stopped stops nobody's call. Callers are not named (DECISIONS 36).
final class CallLog implements Journal, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("call");
  private static final int WAITING = 4_096;
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(1);

  /// Lines are printed together: the lane would pay more to wake the printer for each than it does
  /// for anything else that it says.
  private static final long GATHER_NANOS = 20_000_000;

  /// @param words made where they are printed
  private record Line(Level level, Supplier<String> words) {}

  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicInteger live = new AtomicInteger();
  private final LongAdder calls = new LongAdder();
  private final Counters<EndReason> endings = new Counters<>(EndReason.class);
  private final LongAdder unsaid = new LongAdder();
  private final Thread printer;

  private CallLog() {
    printer = Thread.ofPlatform().name("call-log").daemon().unstarted(this::print);
  }

  static CallLog start() {
    CallLog log = new CallLog();
    log.printer.start();
    return log;
  }

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

  /// Lines that found the queue full.
  long unsaid() {
    return unsaid.sum();
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

  private void say(Entry entry) {
    offer(new Line(Level.INFO, () -> line(entry)));
  }

  /// A line that an operator should see, from the lane as well.
  void warn(String words) {
    offer(new Line(Level.WARNING, () -> words));
  }

  private void offer(Line line) {
    if (!waiting.offer(line)) {
      unsaid.increment();
    }
  }

  private void print() {
    try {
      while (true) {
        for (Line line = waiting.take(); line != null; line = waiting.poll()) {
          print(line);
        }
        LockSupport.parkNanos(this, GATHER_NANOS); // an interrupt, which is the end, cuts it short
      }
    } catch (InterruptedException _) {
      // The end: what still waits is said.
      for (Line line = waiting.poll(); line != null; line = waiting.poll()) {
        print(line);
      }
    }
  }

  private static void print(Line line) {
    // With a source that is named, the logger does not walk the stack for one: that cost more than
    // the line.
    LOG.logp(line.level(), CallLog.class.getName(), "print", line.words());
  }

  /// Says what still waits, and waits one second at most for that.
  @Override
  public void close() {
    printer.interrupt();
    try {
      var _ = printer.join(CLOSE_DEADLINE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
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
