package io.tipring.edge.control;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.SessionId;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.Destination;
import io.tipring.core.control.LinkEvent;
import io.tipring.core.control.Links;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One who opens a link, and what it hears of it.
final class Caller {
  static final Duration LONG = Duration.ofSeconds(60);

  private static final CallId CALL = new CallId("call_01TEST");

  private final BlockingQueue<LinkEvent> heard = new LinkedBlockingQueue<>();
  private final ObservedLane lane;
  private final Links.Link link;
  private volatile Consumer<LinkEvent> witness = _ -> {};

  private Caller(Links links, ObservedLane lane, String application, URI url, Duration handshake) {
    this.lane = lane;
    Destination to =
        new Destination(application, url, new SessionId("sess_01TEST"), CALL, handshake);
    link = lane.ask(() -> links.open(to, this::hear));
  }

  static Caller opens(Links links, ObservedLane lane, URI url) {
    return new Caller(links, lane, "ivr", url, LONG);
  }

  static Caller opens(Links links, ObservedLane lane, URI url, Duration handshake) {
    return new Caller(links, lane, "ivr", url, handshake);
  }

  static Caller opens(Links links, ObservedLane lane, String application, URI url) {
    return new Caller(links, lane, application, url, LONG);
  }

  private void hear(LinkEvent event) {
    lane.requireTurnOfItsOwn(CALL.value());
    witness.accept(event);
    heard.add(event);
  }

  /// @param looks on the lane, in the turn in which something is heard
  void witness(Consumer<LinkEvent> looks) {
    witness = looks;
  }

  /// What it hears next.
  LinkEvent hears() throws InterruptedException {
    LinkEvent next = heard.poll(RawApplication.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("nothing is heard");
    }
    return next;
  }

  /// Whether it has heard all there was.
  boolean hasHeardAll() {
    return heard.isEmpty();
  }

  /// What was heard until now is of no interest.
  void forgets() {
    lane.ask(() -> {
      heard.clear();
      return true;
    });
  }

  void says(Envelope message) {
    lane.ask(() -> {
      link.send(message);
      return true;
    });
  }

  void closes(CloseReason why) {
    lane.ask(() -> {
      link.close(why);
      return true;
    });
  }

  static Envelope event(int seq) {
    return new Envelope(
        "m" + seq,
        Instant.EPOCH,
        Optional.of(new Cursor(1, seq)),
        CALL,
        Optional.empty(),
        new ToApplication.Happened(new Event.CallEnded(CALL, EndReason.APP_HUNG_UP)));
  }

  /// A message of about 8,000 bytes, as long as a text gets.
  static Envelope large() {
    return new Envelope(
        "large",
        Instant.EPOCH,
        Optional.empty(),
        CALL,
        Optional.empty(),
        new ToApplication.Error(ToApplication.ErrorCode.NOT_JSON, "x".repeat(8_000), ""));
  }
}
