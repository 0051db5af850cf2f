package io.tipring.testkit.application;

import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.control.Destination;
import io.tipring.core.control.LinkEvent;
import io.tipring.core.control.Links;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/// A connection between an exchange and a [RemoteApp]: in order, late, broken at any time. What the
/// application does not read piles up here and makes the link unwritable.
final class VirtualLink implements Links.Link {
  /// More unread messages make the link unwritable.
  private static final int HIGH_WATER = 4;

  private final World world;
  private final RemoteApp app;
  private final Destination to;
  private final Consumer<LinkEvent> events;
  private final ArrayDeque<Envelope> unread = new ArrayDeque<>();
  private final Dice dice;
  private long lastToApplication;
  private long lastToExchange;
  private boolean writable = true;
  private boolean open;
  private boolean greeted;
  private boolean closed;

  VirtualLink(World world, RemoteApp app, Destination to, Consumer<LinkEvent> events) {
    this.world = world;
    this.app = app;
    this.to = to;
    this.events = events;
    this.dice = world.dice("link " + to.session().value() + world.nowNanos());
    toApplication(this::arrive);
    world.after(to.handshake(), this::expire);
  }

  private void expire() {
    if (!open && !closed) {
      toApplication(() -> {
        open = false;
        app.disconnected(this);
      });
      world.lane().post(to.call().value(), () -> happens(new LinkEvent.Refused("no handshake")));
    }
  }

  private void arrive() {
    if (!app.isUp()) {
      toExchange(() -> happens(new LinkEvent.Refused("connection refused")));
      return;
    }
    app.connected(this);
    if (app.answersHandshakes()) {
      open = true;
      toExchange(() -> happens(new LinkEvent.Opened()));
    }
  }

  @Override
  public void send(Envelope message) {
    if (!closed) {
      toApplication(() -> take(message));
    }
  }

  @Override
  public void close(CloseReason why) {
    if (closed) {
      return;
    }
    closed = true;
    toApplication(() -> {
      if (open) {
        app.closedWith(why.code());
      }
      open = false;
      app.disconnected(this);
    });
  }

  /// The application's end is gone; the exchange learns of it later.
  void closedByApplication(int code) {
    LinkEvent end = open ? new LinkEvent.Closed(code) : new LinkEvent.Refused("no handshake");
    open = false;
    unread.clear();
    app.disconnected(this);
    toExchange(() -> happens(end));
  }

  void readingChanged() {
    while (app.isReading() && open && !unread.isEmpty()) {
      hear(unread.removeFirst());
    }
    sayWritable();
  }

  private void take(Envelope message) {
    if (!open) {
      return;
    }
    if (app.isReading()) {
      hear(message);
    } else {
      unread.addLast(message);
      sayWritable();
    }
  }

  private void sayWritable() {
    boolean now = unread.size() < HIGH_WATER;
    if (now != writable && open) {
      writable = now;
      toExchange(() -> happens(new LinkEvent.Writable(now)));
    }
  }

  private void hear(Envelope message) {
    world.note(to.application(), message.id() + " " + message.message());
    app.hears(message);
    greeted = true;
    switch (message.message()) {
      case ToApplication.SessionStarted started
          when started.reason() == StartReason.RESUMED && app.isResuming() ->
          say(new FromApplication.Resume(new OperationId("resume"), app.place(started.at())));
      case ToApplication.SessionStarted started when started.reason() != StartReason.RESUMED ->
          app.greeting().forEach(this::say);
      case ToApplication.Happened happened -> {
        int number = 0;
        for (Operation operation : app.reactsTo(happened.event())) {
          OperationId id = new OperationId("a" + message.id() + '-' + ++number);
          say(new FromApplication.Ask(id, operation));
        }
      }
      case ToApplication.SessionStarted _,
          ToApplication.SessionEnded _,
          ToApplication.Dropped _,
          ToApplication.Rewound _,
          ToApplication.Error _ -> {}
    }
  }

  private void say(FromApplication message) {
    toExchange(() -> happens(new LinkEvent.Received(message)));
  }

  /// Of the application's own accord, once it knows what the connection is about.
  void say(LinkEvent event) {
    if (open && greeted) {
      toExchange(() -> happens(event));
    }
  }

  private void happens(LinkEvent event) {
    if (!closed) {
      closed = event instanceof LinkEvent.Refused || event instanceof LinkEvent.Closed;
      events.accept(event);
    }
  }

  private void toApplication(Runnable what) {
    lastToApplication = Math.max(lastToApplication, arrival());
    world.at(lastToApplication, "link", what);
  }

  private void toExchange(Runnable what) {
    lastToExchange = Math.max(lastToExchange, arrival());
    world.at(lastToExchange, "link", () -> world.lane().post(to.call().value(), what));
  }

  private long arrival() {
    return world.nowNanos() + app.latency().toNanos() + dice.below(app.jitter().toNanos() + 1);
  }
}
