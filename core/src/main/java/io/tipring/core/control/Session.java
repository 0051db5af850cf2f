package io.tipring.core.control;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.OperationId;
import io.tipring.api.SessionId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.ErrorCode;
import io.tipring.api.control.ToApplication.SessionStarted;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.control.RemoteSettings.Limits;
import io.tipring.core.control.RemoteSettings.Patience;
import io.tipring.core.control.SessionEffect.Close;
import io.tipring.core.control.SessionEffect.Note;
import io.tipring.core.control.SessionEffect.Tell;
import io.tipring.core.control.SessionState.Connected;
import io.tipring.core.control.SessionState.Connecting;
import io.tipring.core.control.SessionState.Done;
import io.tipring.core.control.SessionState.Flow;
import io.tipring.core.control.SessionState.Greeted;
import io.tipring.core.control.SessionState.Over;
import io.tipring.core.control.SessionState.Talking;
import io.tipring.core.control.SessionState.Waiting;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What joins one call to one remote application, however often their connection is made anew. A
/// machine: it is told what happened and when, and answers with what is to be done about it.
///
/// Whatever it waits for, it waits for until a time: for one attempt at a connection, for the first
/// or the next connection however many attempts it takes ([Search]), for a word on a new one, for a
/// reader that stands still, and for a last one when the call is over ([Leave]).
final class Session {
  /// A connection that lasted so long is no sign that the next one fails.
  private static final Duration STEADY = Duration.ofSeconds(10);

  /// The call's own patience with an unanswered caller is the bound of how often it is looked at.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  /// A link ends a handshake by itself and says how far it had come; only one that says nothing is
  /// given up.
  private static final Duration LINK_IS_LATE = Duration.ofMillis(250);

  /// The application is looked for until then, and given up with `reason`.
  private record Search(long untilNanos, EndReason reason) {}

  /// There is nothing more to come; the application is to hear the rest, and then `last`.
  private record Leave(CloseReason last, long untilNanos) {}

  private final SessionId id;
  private final RemoteSettings settings;
  private final StartReason reason;
  private final CallSnapshot begun;
  private final Cursor beganAt;
  private final Tail tail;
  private final AskedIds asked = new AskedIds();
  private final Backoff backoff;
  private CallSnapshot call;
  private SessionState state = new Over();
  private @Nullable Search search;
  private @Nullable Leave leave;
  private boolean met;
  private boolean answered;
  private long openedNanos;

  /// @param call as it is at `at`, where the session begins
  Session(
      SessionId id,
      RemoteSettings settings,
      StartReason reason,
      CallSnapshot call,
      Cursor at,
      Randomness randomness) {
    this.id = id;
    this.settings = settings;
    this.reason = reason;
    this.begun = call;
    this.beganAt = at;
    this.call = call;
    this.tail = new Tail(settings.limits().tail(), at.seq());
    this.backoff = new Backoff(randomness);
  }

  SessionId id() {
    return id;
  }

  SessionState state() {
    return state;
  }

  boolean over() {
    return state instanceof Over;
  }

  /// The earliest of its deadlines; [Long#MAX_VALUE] when it waits for nothing.
  long wakeAtNanos() {
    long earliest = state.untilNanos();
    if (state instanceof Connected connected) {
      earliest = Math.min(earliest, connected.flow().stuckUntilNanos());
    }
    if (looking() && search != null) {
      earliest = Math.min(earliest, search.untilNanos());
    }
    return leave == null || over() ? earliest : Math.min(earliest, leave.untilNanos());
  }

  List<SessionEffect> on(SessionInput input, long nowNanos) {
    List<SessionEffect> out = new ArrayList<>();
    switch (input) {
      case SessionInput.Begin _ -> {
        search = new Search(nowNanos + patience().reach().toNanos(), EndReason.APP_UNREACHABLE);
        connect(nowNanos, out);
      }
      case SessionInput.Happened(Journal.Entry entry) -> onEvent(entry, nowNanos, out);
      case SessionInput.FromLink(LinkEvent event) -> onLink(event, nowNanos, out);
      case SessionInput.HandedOver _ -> leave(CloseReason.REDIRECTED, nowNanos, out);
      case SessionInput.GoAway _ -> end(CloseReason.GOING_AWAY, out);
      case SessionInput.Woken _ -> onWoken(nowNanos, out);
    }
    return out;
  }

  private void onEvent(Journal.Entry entry, long nowNanos, List<SessionEffect> out) {
    if (over()) {
      return;
    }
    tail.add(entry);
    call = Picture.after(call, entry.event());
    if (entry.event() instanceof Event.CallEnded(_, EndReason why)) {
      leave(
          why == EndReason.SHUTTING_DOWN ? CloseReason.GOING_AWAY : CloseReason.CALL_ENDED,
          nowNanos,
          out);
    } else if (state instanceof Done) {
      tail.clear();
    } else {
      pass(out);
    }
  }

  /// One who never heard of the call need not hear that it is over, and neither need one who is
  /// done with it.
  private void leave(CloseReason last, long nowNanos, List<SessionEffect> out) {
    if (over() || leave != null) {
      return;
    }
    if (!met || state instanceof Done) {
      end(last, out);
      return;
    }
    leave = new Leave(last, nowNanos + patience().goodbye().toNanos());
    pass(out);
  }

  private void onLink(LinkEvent event, long nowNanos, List<SessionEffect> out) {
    switch (event) {
      case LinkEvent.Opened _ -> onOpened(nowNanos, out);
      case LinkEvent.Refused(String why) -> {
        out.add(new Note(Notice.What.NOT_REACHED, why));
        waitForNext(nowNanos, out);
      }
      case LinkEvent.Received(FromApplication.Ask ask) -> onAsked(ask, out);
      case LinkEvent.Received(FromApplication.Resume resume) -> onResume(resume, out);
      case LinkEvent.Misunderstood(ToApplication.Error error, Optional<String> ref) ->
          complain(error, ref, out);
      case LinkEvent.Violated(CloseReason why) -> drop(why, nowNanos, out);
      case LinkEvent.Writable(boolean yes) -> {
        if (state instanceof Connected at) {
          state =
              at.with(
                  at.flow()
                      .stuckUntil(yes ? Long.MAX_VALUE : nowNanos + patience().slow().toNanos()));
          pass(out);
        }
      }
      case LinkEvent.Closed(int code) -> onClosed(code, nowNanos, out);
    }
  }

  private void onOpened(long nowNanos, List<SessionEffect> out) {
    openedNanos = nowNanos;
    out.add(new Note(Notice.What.REACHED, met ? "again" : ""));
    out.add(new Tell(met ? started(StartReason.RESUMED, call, tail.last()) : started()));
    state =
        new Greeted(
            met ? Flow.heldAt(tail.last() + 1) : Flow.from(beganAt.seq() + 1),
            nowNanos + patience().firstAnswer().toNanos());
    if (!met) {
      met = true;
      search = null;
    }
    pass(out);
  }

  private SessionStarted started() {
    return started(reason, begun, beganAt.seq());
  }

  private SessionStarted started(StartReason why, CallSnapshot snapshot, long at) {
    return new SessionStarted(
        id,
        why,
        snapshot,
        cursor(at),
        patience().firstAnswer(),
        new ToApplication.Bounds(limits().messageBytes(), limits().operations()));
  }

  private Cursor cursor(long seq) {
    return new Cursor(beganAt.epoch(), seq);
  }

  private void onAsked(FromApplication.Ask ask, List<SessionEffect> out) {
    if (!(state instanceof Connected at)) {
      return;
    }
    // Who asks for something first goes on with what happens from now on.
    listenTo(at.flow().held() ? at.flow().at(tail.last() + 1) : at.flow());
    boolean fresh = asked.add(ask.id()) && !call.operations().contains(ask.id());
    if (fresh) {
      out.add(new SessionEffect.Ask(ask.id(), ask.operation()));
    } else {
      tellError(
          ErrorCode.DUPLICATE_ID,
          "there was an operation " + ask.id() + " before; nothing was done twice",
          "give each operation of a session an id of its own",
          ask.id(),
          out);
    }
    pass(out);
  }

  private void onResume(FromApplication.Resume resume, List<SessionEffect> out) {
    if (!(state instanceof Connected at)) {
      return;
    }
    if (!at.flow().held()) {
      complain(
          new ToApplication.Error(
              ErrorCode.NOT_NOW,
              "the events of this connection are on their way already",
              "resume once, as the first word on a session that is taken up again"),
          Optional.of(resume.id().value()),
          out);
      return;
    }
    Cursor after = resume.after();
    long from = Math.max(after.seq(), beganAt.seq()); // What was before is another application's.
    boolean foreign = after.epoch() != beganAt.epoch();
    if (foreign || from > tail.last()) {
      from = foreign ? beganAt.seq() : tail.last();
      out.add(new Tell(new ToApplication.Rewound(cursor(from)), Optional.of(resume.id().value())));
    }
    listenTo(at.flow().at(from + 1));
    pass(out);
  }

  /// It is there, and knows what it wants.
  private void listenTo(Flow flow) {
    answered = true;
    search = null;
    state = new Talking(flow.withErrors(0));
  }

  private void complain(ToApplication.Error error, Optional<String> ref, List<SessionEffect> out) {
    if (!(state instanceof Connected at)) {
      return;
    }
    out.add(new Note(Notice.What.NOT_UNDERSTOOD, error.message()));
    out.add(new Tell(error, ref));
    int errors = at.flow().errors() + 1;
    state = at.with(at.flow().withErrors(errors));
    if (errors > limits().errors()) {
      giveUp(EndReason.APP_LOST, CloseReason.TOO_MANY_ERRORS, out);
    }
  }

  private static void tellError(
      ErrorCode code, String message, String hint, OperationId ref, List<SessionEffect> out) {
    out.add(new Tell(new ToApplication.Error(code, message, hint), Optional.of(ref.value())));
  }

  private void onClosed(int code, long nowNanos, List<SessionEffect> out) {
    if (code != CloseReason.CALL_ENDED.code()) {
      out.add(new Note(Notice.What.LOST, "closed with " + code));
      waitForNext(nowNanos, out);
      return;
    }
    out.add(new Note(Notice.What.DONE, ""));
    forget();
    if (leave != null) {
      state = new Over();
    } else if (answered) {
      state = new Done(nowNanos + LOOK_AGAIN.toNanos());
    } else {
      state = new Over(); // Nothing is left to be closed.
      resign(EndReason.APP_DID_NOT_ANSWER, out);
    }
  }

  /// Closes what is open, and looks for a better connection.
  private void drop(CloseReason why, long nowNanos, List<SessionEffect> out) {
    out.add(new Close(why));
    out.add(new Note(Notice.What.LOST, "closed as " + why));
    waitForNext(nowNanos, out);
  }

  private void waitForNext(long nowNanos, List<SessionEffect> out) {
    if (state instanceof Connected && nowNanos - openedNanos >= STEADY.toNanos()) {
      backoff.reset();
    }
    Search present = search == null ? search(nowNanos) : search;
    search = present;
    state = new Waiting(nowNanos + backoff.nextNanos());
    if (nowNanos >= present.untilNanos()) {
      giveUp(present.reason(), CloseReason.SUPERSEDED, out);
    }
  }

  private Search search(long nowNanos) {
    Duration patience =
        !answered
            ? patience().reach()
            : switch (settings.onLoss()) {
              case KEEP -> patience().keepFor();
              case FALLBACK, HANG_UP -> patience().lost();
            };
    return new Search(nowNanos + patience.toNanos(), EndReason.APP_LOST);
  }

  private void onWoken(long nowNanos, List<SessionEffect> out) {
    Leave leaving = leave;
    Search searching = search;
    if (over()) {
      return;
    }
    if (leaving != null && nowNanos >= leaving.untilNanos()) {
      boolean held = state instanceof Connected at && at.flow().held();
      end(held ? CloseReason.DID_NOT_ANSWER : CloseReason.SLOW, out);
    } else if (looking() && searching != null && nowNanos >= searching.untilNanos()) {
      giveUp(searching.reason(), CloseReason.SUPERSEDED, out);
    } else if (state instanceof Connected at && nowNanos >= at.flow().stuckUntilNanos()) {
      drop(CloseReason.SLOW, nowNanos, out);
    } else if (nowNanos >= state.untilNanos()) {
      onDeadline(nowNanos, out);
    }
  }

  private void onDeadline(long nowNanos, List<SessionEffect> out) {
    switch (state) {
      case Connecting _ -> {
        out.add(new Close(CloseReason.SUPERSEDED));
        out.add(new Note(Notice.What.NOT_REACHED, "no handshake in " + patience().handshake()));
        waitForNext(nowNanos, out);
      }
      case Waiting _ -> connect(nowNanos, out);
      case Greeted _ -> {
        if (answered) {
          drop(CloseReason.DID_NOT_ANSWER, nowNanos, out);
        } else {
          giveUp(EndReason.APP_DID_NOT_ANSWER, CloseReason.DID_NOT_ANSWER, out);
        }
      }
      case Done _ -> lookAtCaller(nowNanos, out);
      case Talking _, Over _ -> {}
    }
  }

  /// With nobody there and nothing under way, an unanswered caller would wait for nothing.
  private void lookAtCaller(long nowNanos, List<SessionEffect> out) {
    if (call.state() == Event.CallState.ANSWERED) {
      state = new Over();
    } else if (call.operations().isEmpty()) {
      state = new Over();
      out.add(new SessionEffect.Terminate(EndReason.APP_DID_NOT_ANSWER));
    } else {
      state = new Done(nowNanos + LOOK_AGAIN.toNanos());
    }
  }

  private void connect(long nowNanos, List<SessionEffect> out) {
    state = new Connecting(nowNanos + patience().handshake().plus(LINK_IS_LATE).toNanos());
    out.add(new SessionEffect.Connect());
  }

  /// Sends what may be sent; the last word when that was all.
  private void pass(List<SessionEffect> out) {
    if (!(state instanceof Connected at) || !at.flow().open()) {
      return;
    }
    long next = at.flow().next();
    if (next < tail.first()) {
      long missed = tail.first() - next;
      out.add(new Note(Notice.What.DROPPED, String.valueOf(missed)));
      out.add(new Tell(new ToApplication.Dropped(missed)));
      next = tail.first();
    }
    tail.from(next).forEach(entry -> out.add(new SessionEffect.Pass(entry)));
    state = at.with(at.flow().at(tail.last() + 1));
    if (leave != null) {
      end(leave.last(), out);
    }
  }

  private void giveUp(EndReason why, CloseReason close, List<SessionEffect> out) {
    boolean leaving = leave != null;
    end(close, out);
    if (!leaving) {
      resign(why, out);
    }
  }

  /// Leaves the call to another application, or ends it. A fallback that was never there does not
  /// fall back itself, or two that are away would hand a call to each other for ever.
  private void resign(EndReason why, List<SessionEffect> out) {
    boolean handOn =
        answered ? settings.onLoss() != LossPolicy.HANG_UP : reason != StartReason.FALLBACK;
    if (handOn && settings.fallback().isPresent()) {
      out.add(new Note(Notice.What.FELL_BACK, why + " to " + settings.fallback().get()));
      out.add(new SessionEffect.FallBack(settings.fallback().get()));
    } else {
      out.add(new Note(Notice.What.GIVEN_UP, why.toString()));
      out.add(new SessionEffect.Terminate(why));
    }
  }

  /// The last word, where anybody is there to hear it.
  private void end(CloseReason why, List<SessionEffect> out) {
    switch (state) {
      case Connected _ -> {
        out.add(new Tell(new ToApplication.SessionEnded(id, why)));
        out.add(new Close(why));
      }
      case Connecting _ -> out.add(new Close(why));
      case Waiting _, Done _ -> {}
      case Over _ -> {
        return;
      }
    }
    forget();
    state = new Over();
    out.add(new Note(Notice.What.ENDED, why.toString()));
  }

  /// Its call may go on for hours without it.
  private void forget() {
    tail.clear();
    asked.clear();
  }

  /// There is no connection, and one is wanted.
  private boolean looking() {
    return state instanceof Connecting || state instanceof Waiting;
  }

  private Patience patience() {
    return settings.patience();
  }

  private Limits limits() {
    return settings.limits();
  }
}
