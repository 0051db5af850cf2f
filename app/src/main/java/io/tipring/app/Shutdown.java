package io.tipring.app;

import io.tipring.app.config.Config;
import java.util.concurrent.CountDownLatch;

/// Ends the process politely. The first SIGINT or SIGTERM stops new calls and gives the running
/// ones a deadline; the second ends everything at once. Its thread is the signal's own.
///
/// Supervisors that signal a process and then its group (`timeout` does) deliver one signal twice
/// within microseconds; that counts once, or every call would be cut.
final class Shutdown {
  private static final int EXIT_AT_ONCE = 130; // 128 + SIGINT, as shells count
  private static final long SAME_SIGNAL_NANOS = 200_000_000;

  private final Wiring exchange;
  private final Config.Shutdown settings;
  private final CountDownLatch drained = new CountDownLatch(1);
  private boolean draining;
  private long firstNanos;

  private Shutdown(Wiring exchange, Config.Shutdown settings) {
    this.exchange = exchange;
    this.settings = settings;
  }

  static Shutdown onSignal(Wiring exchange, Config.Shutdown settings) {
    Shutdown shutdown = new Shutdown(exchange, settings);
    Signals.handle("INT", shutdown::onSignal);
    Signals.handle("TERM", shutdown::onSignal);
    return shutdown;
  }

  private synchronized void onSignal() {
    if (draining && System.nanoTime() - firstNanos < SAME_SIGNAL_NANOS) {
      return;
    }
    if (draining) {
      System.err.println("Ended at once.");
      Runtime.getRuntime().halt(EXIT_AT_ONCE);
    }
    draining = true;
    firstNanos = System.nanoTime();
    int calls = exchange.calls();
    if (calls > 0) {
      System.err.println(
          "No new calls. "
              + calls
              + " running may go on for "
              + settings.drainSeconds()
              + " s; Ctrl-C again ends them at once.");
    }
    exchange.drain(settings.drainSeconds(), drained::countDown);
  }

  /// Returns when the exchange is empty and closed.
  void await() throws InterruptedException {
    drained.await();
    exchange.close();
    System.exit(0);
  }
}
