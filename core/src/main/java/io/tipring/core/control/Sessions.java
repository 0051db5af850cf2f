package io.tipring.core.control;

import io.tipring.api.CallId;
import io.tipring.api.SessionId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.call.CallLine;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The sessions of one node, some of which outlive their call by a last word. Owner: the exchange
/// lane.
public final class Sessions {
  private final Ground ground;
  private final Links links;
  private final Consumer<Notice> notices;
  private final BiConsumer<CallId, Throwable> faults;
  private final SequencedMap<SessionId, RemoteAttendant> open = new LinkedHashMap<>();
  private volatile int size;
  private @Nullable Runnable drained;

  /// What sessions stand on.
  ///
  /// @param wallMillis milliseconds since 1970
  public record Ground(Lane lane, Ids ids, LongSupplier wallMillis, Randomness randomness) {}

  public Sessions(
      Ground ground, Links links, Consumer<Notice> notices, BiConsumer<CallId, Throwable> faults) {
    this.ground = ground;
    this.links = links;
    this.notices = notices;
    this.faults = faults;
  }

  /// Sessions that are not over yet. Any thread.
  public int size() {
    return size;
  }

  /// For the end, when the exchange is drained: the last calls are over, their applications may not
  /// have heard so. `whenEmpty` runs on the lane, once, as soon as all have; those that have not by
  /// `deadlineNanos` are told that the exchange goes away. Only on the lane.
  ///
  /// ```java
  /// exchange.drain(deadline, () -> sessions.drain(lane.nowNanos() + goodbye, whenEmpty));
  /// ```
  public void drain(long deadlineNanos, Runnable whenEmpty) {
    Lane.Alarm alarm = lane().wakeAt(deadlineNanos, "sessions", this::goAway);
    drained =
        () -> {
          alarm.cancel();
          whenEmpty.run();
        };
    lane().post("sessions", this::announceWhenEmpty);
  }

  private void goAway() {
    for (RemoteAttendant attendant : List.copyOf(open.values())) {
      attendant.guarded(new SessionInput.GoAway());
    }
  }

  RemoteAttendant begin(
      RemoteSettings settings,
      CallLine line,
      CallSnapshot snapshot,
      Cursor at,
      StartReason reason) {
    Session session =
        new Session(ground.ids().session(), settings, reason, snapshot, at, ground.randomness());
    RemoteAttendant attendant = new RemoteAttendant(session, settings, line, this);
    open.put(session.id(), attendant);
    size = open.size();
    attendant.guarded(new SessionInput.Begin());
    return attendant;
  }

  Lane lane() {
    return ground.lane();
  }

  long wallMillis() {
    return ground.wallMillis().getAsLong();
  }

  Links links() {
    return links;
  }

  void notice(Notice notice) {
    notices.accept(notice);
  }

  void fault(CallId call, Throwable fault) {
    faults.accept(call, fault);
  }

  void ended(SessionId session) {
    if (open.remove(session) != null) {
      size = open.size();
      announceWhenEmpty();
    }
  }

  private void announceWhenEmpty() {
    Runnable whenEmpty = drained;
    if (whenEmpty != null && open.isEmpty()) {
      drained = null;
      whenEmpty.run();
    }
  }
}
