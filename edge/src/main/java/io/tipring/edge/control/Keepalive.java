package io.tipring.edge.control;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches whether the other side is still there: silent for `ping`, it is asked; silent for `pong`
/// more, it is gone. Owner: the event loop, whose clock counts.
final class Keepalive {
  /// What follows.
  interface Watched {
    /// Whether anything could be heard at all: one that is not listened to is not silent.
    boolean listening();

    void ask();

    void gone();
  }

  private final EventLoop loop;
  private final long pingNanos;
  private final long pongNanos;
  private final Watched watched;
  private long heardNanos;
  private boolean asked;
  private @Nullable Future<?> alarm;

  Keepalive(EventLoop loop, Duration ping, Duration pong, Watched watched) {
    this.loop = loop;
    this.pingNanos = ping.toNanos();
    this.pongNanos = pong.toNanos();
    this.watched = watched;
  }

  void start() {
    heard();
    wakeIn(pingNanos);
  }

  /// Anything that comes is a sign of life.
  void heard() {
    heardNanos = loop.ticker().nanoTime();
    asked = false;
  }

  void stop() {
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
  }

  private void wakeIn(long nanos) {
    alarm = loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    if (!watched.listening()) {
      heard();
    }
    long silentNanos = loop.ticker().nanoTime() - heardNanos;
    if (asked) {
      watched.gone();
    } else if (silentNanos < pingNanos) {
      wakeIn(pingNanos - silentNanos);
    } else {
      asked = true;
      watched.ask();
      wakeIn(pongNanos);
    }
  }
}
