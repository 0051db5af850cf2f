package io.tipring.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Stands before the log's handlers: whoever logs puts a record into a bounded queue, and a thread
/// of its own formats and prints. So a terminal that is stopped, or a disk that is full, stops no
/// call and no sound. Any thread may log.
final class LogQueue extends Handler {
  static final int WAITING = 4_096;
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(1);

  /// Records are printed together: the lane would pay more to wake the printer for each than it
  /// does for anything else that it says.
  private static final long GATHER_NANOS = 20_000_000;

  private static final LogRecord END = new LogRecord(Level.OFF, "");

  private final List<Handler> handlers;
  private final BlockingQueue<LogRecord> waiting = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder unsaid = new LongAdder();
  private final Thread printer;
  private volatile boolean closing;

  /// @param handlers who print; they are closed with this one
  LogQueue(List<Handler> handlers) {
    this.handlers = List.copyOf(handlers);
    printer = Thread.ofPlatform().name("log").daemon().unstarted(this::print);
    printer.start();
  }

  /// Puts one before the handlers of the root logger, whoever configured them. The log manager
  /// closes it when the process exits.
  static LogQueue install() {
    Logger root = Logger.getLogger("");
    List<Handler> handlers = List.of(root.getHandlers());
    LogQueue queue = new LogQueue(handlers);
    handlers.forEach(root::removeHandler);
    root.addHandler(queue);
    return queue;
  }

  /// Records that found the queue full, or a handler that failed.
  long unsaid() {
    return unsaid.sum();
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    // Else the formatter would walk the stack for a source, and on the wrong thread: to name the
    // logger is enough.
    record.setSourceClassName(null);
    if (closing || !waiting.offer(record)) {
      unsaid.increment();
    }
  }

  private void print() {
    while (!closing || !waiting.isEmpty()) {
      try {
        for (LogRecord record = waiting.take(); record != null; record = waiting.poll()) {
          print(record);
        }
      } catch (InterruptedException _) {
        // Nobody does that; whoever does, the log goes on.
      }
      if (!closing) {
        LockSupport.parkNanos(this, GATHER_NANOS);
      }
    }
  }

  private void print(LogRecord record) {
    if (record.equals(END)) {
      return;
    }
    for (Handler handler : handlers) {
      try {
        handler.publish(record);
      } catch (RuntimeException _) {
        // There is nobody to tell but the meter; the next record may fare better.
        unsaid.increment();
      }
    }
  }

  @Override
  public void flush() {
    // What waits is printed within 20 ms; whoever logs must not wait for it.
  }

  /// Prints what still waits, and waits one second at most for that.
  @Override
  public void close() {
    closing = true;
    waiting.offer(END); // A queue that is full needs nobody to wake its printer.
    LockSupport.unpark(printer);
    try {
      if (printer.join(CLOSE_DEADLINE)) {
        handlers.forEach(Handler::close);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
