package io.tipring.edge.control;

import io.netty.channel.EventLoop;
import io.tipring.core.control.LinkEvent;
import io.tipring.core.lane.Lane;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/// The way of one link's events to the lane: in order, each in a turn of its own, and only a few at
/// a time, so that an application which says much at once waits behind the others' turns.
///
/// Owner: the link's event loop, but for what is marked as the lane's.
final class Turns {
  private static final int AT_ONCE = 8;

  private final Lane lane;
  private final String resource;
  private final Consumer<LinkEvent> events;
  private final EventLoop loop;
  private final ArrayDeque<LinkEvent> waiting = new ArrayDeque<>();
  private Runnable whenIdle = () -> {};
  private int underway;

  // The lane's.
  private boolean over;

  Turns(Lane lane, String resource, Consumer<LinkEvent> events, EventLoop loop) {
    this.lane = lane;
    this.resource = resource;
    this.events = events;
    this.loop = loop;
  }

  /// @param action runs on the event loop whenever all that was said has had its turn
  void whenIdle(Runnable action) {
    whenIdle = action;
  }

  void say(LinkEvent event) {
    waiting.addLast(event);
    post();
  }

  /// A fault of ours is reported as that of a turn.
  void fail(RuntimeException fault) {
    lane.post(
        resource,
        () -> {
          throw fault;
        });
  }

  boolean idle() {
    return underway == 0 && waiting.isEmpty();
  }

  /// Nothing more is heard from now on. The lane's.
  void end() {
    over = true;
  }

  /// The lane's.
  boolean over() {
    return over;
  }

  private void post() {
    while (underway < AT_ONCE && !waiting.isEmpty()) {
      LinkEvent event = waiting.removeFirst();
      underway++;
      lane.post(resource, () -> take(event));
    }
  }

  private void take(LinkEvent event) {
    try {
      if (!over) {
        over = event instanceof LinkEvent.Refused || event instanceof LinkEvent.Closed;
        events.accept(event);
      }
    } finally {
      taken();
    }
  }

  private void taken() {
    try {
      loop.execute(() -> {
        underway--;
        post();
        if (idle()) {
          whenIdle.run();
        }
      });
    } catch (RejectedExecutionException _) {
      // The loops have ended, and all connections with them.
    }
  }
}
