package io.tipring.core.control;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.OperationId;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.CallLine;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Lane;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A remote application's part in one call: carries out what each turn of its [Session] asks for,
/// and keeps its alarm and its one connection. Owner: the exchange lane.
final class RemoteAttendant implements Attendant {
  private final Session session;
  private final RemoteSettings settings;
  private final CallLine line;
  private final Sessions sessions;
  private Links.@Nullable Link link;
  private long links;
  private long said;
  private long alarmNanos = Long.MAX_VALUE;
  private Lane.@Nullable Alarm alarm;
  private boolean broken;

  RemoteAttendant(Session session, RemoteSettings settings, CallLine line, Sessions sessions) {
    this.session = session;
    this.settings = settings;
    this.line = line;
    this.sessions = sessions;
  }

  @Override
  public void on(Journal.Entry entry) {
    guarded(new SessionInput.Happened(entry));
  }

  @Override
  public void handedOver() {
    guarded(new SessionInput.HandedOver());
  }

  private void turn(SessionInput input) {
    for (SessionEffect effect : session.on(input, lane().nowNanos())) {
      carryOut(effect);
    }
    wakeAt(session.wakeAtNanos());
    if (session.over()) {
      sessions.ended(session.id());
    }
  }

  private void carryOut(SessionEffect effect) {
    switch (effect) {
      case SessionEffect.Connect _ -> connect();
      case SessionEffect.Tell(ToApplication message, Optional<String> ref) ->
          send("s" + ++said, sessions.wallMillis(), Optional.empty(), ref, message);
      case SessionEffect.Pass(Journal.Entry entry) ->
          send(
              entry.at().toString(),
              entry.wallMillis(),
              Optional.of(entry.at()),
              operation(entry.event()).map(OperationId::value),
              new ToApplication.Happened(entry.event()));
      case SessionEffect.Close(ToApplication.CloseReason why) -> {
        if (link != null) {
          link.close(why);
          link = null;
        }
      }
      case SessionEffect.Ask ask -> line.ask(ask.id(), ask.operation());
      case SessionEffect.FallBack(String application) -> line.fallBackTo(application);
      case SessionEffect.Terminate terminate -> line.terminate(terminate.reason());
      case SessionEffect.Note(Notice.What what, String detail) ->
          sessions.notice(
              new Notice(
                  settings.application(), settings.url(), session.id(), line.call(), what, detail));
    }
  }

  private void connect() {
    if (link != null) {
      throw new IllegalStateException("a second connection beside the first");
    }
    long number = ++links;
    link =
        sessions
            .links()
            .open(
                new Destination(
                    settings.application(),
                    settings.url(),
                    session.id(),
                    line.call(),
                    settings.patience().handshake()),
                event -> onLink(number, event));
  }

  /// What was under way when a connection was closed is no news.
  private void onLink(long number, LinkEvent event) {
    if (link == null || number != links) {
      return;
    }
    switch (event) {
      case LinkEvent.Refused _, LinkEvent.Closed _ -> link = null;
      case LinkEvent.Opened _,
          LinkEvent.Received _,
          LinkEvent.Misunderstood _,
          LinkEvent.Violated _,
          LinkEvent.Writable _ -> {}
    }
    guarded(new SessionInput.FromLink(event));
  }

  /// A session that throws is over and loses its call, and nobody else notices.
  void guarded(SessionInput input) {
    if (broken) {
      return;
    }
    try {
      turn(input);
    } catch (RuntimeException | Error fault) {
      abandon(fault);
    }
  }

  private void abandon(Throwable fault) {
    broken = true;
    sessions.ended(session.id());
    line.terminate(EndReason.INTERNAL_ERROR);
    wakeAt(Long.MAX_VALUE);
    Links.Link left = link;
    link = null;
    if (left != null) {
      left.close(ToApplication.CloseReason.GOING_AWAY);
    }
    sessions.fault(line.call(), fault);
  }

  private void send(
      String id,
      long wallMillis,
      Optional<Cursor> seq,
      Optional<String> ref,
      ToApplication message) {
    if (link != null) {
      link.send(new Envelope(id, Instant.ofEpochMilli(wallMillis), seq, line.call(), ref, message));
    }
  }

  private static Optional<OperationId> operation(Event event) {
    return switch (event) {
      case Event.OperationAccepted(OperationId operation) -> Optional.of(operation);
      case Event.OperationProgress(OperationId operation, _) -> Optional.of(operation);
      case Event.OperationSucceeded(OperationId operation, _) -> Optional.of(operation);
      case Event.OperationFailed(OperationId operation, _, _) -> Optional.of(operation);
      case Event.OperationCancelled(OperationId operation, _, _) -> Optional.of(operation);
      case Event.IvrCreated(_, _, OperationId operation) -> Optional.of(operation);
      case Event.CallCreated _,
          Event.CallChanged _,
          Event.CallEnded _,
          Event.LegCreated _,
          Event.LegChanged _,
          Event.LegEnded _,
          Event.IvrChanged _,
          Event.IvrEnded _,
          Event.DigitPressed _ ->
          Optional.empty();
    };
  }

  private void wakeAt(long at) {
    if (at == alarmNanos) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    alarmNanos = at;
    if (at != Long.MAX_VALUE) {
      alarm =
          lane()
              .wakeAt(
                  at,
                  line.call().value(),
                  () -> {
                    alarmNanos = Long.MAX_VALUE;
                    alarm = null;
                    guarded(new SessionInput.Woken());
                  });
    }
  }

  private Lane lane() {
    return sessions.lane();
  }
}
