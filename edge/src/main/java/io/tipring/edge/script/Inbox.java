package io.tipring.edge.script;

import io.tipring.api.Event;
import io.tipring.api.OperationId;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What the lane has told a script that it has not heard yet. A script that does not listen fills
/// it: then what happens is dropped, but for what ends an operation or the call. There are few of
/// those, since a script that does not listen asks for nothing either. The lane puts in, the script
/// takes out.
final class Inbox {
  private static final int MOST = 1_024;

  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder dropped;

  /// @param dropped counts what is
  Inbox(LongAdder dropped) {
    this.dropped = dropped;
  }

  void put(Event event) {
    if (waiting.get() >= MOST && !mustBeHeard(event)) {
      dropped.increment();
      return;
    }
    waiting.incrementAndGet();
    events.add(event);
  }

  @Nullable Event take() {
    Event event = events.poll();
    if (event != null) {
      waiting.decrementAndGet();
    }
    return event;
  }

  private static boolean mustBeHeard(Event event) {
    return event instanceof Event.CallEnded || ended(event) != null;
  }

  /// The operation whose end it is.
  static @Nullable OperationId ended(Event event) {
    return switch (event) {
      case Event.OperationSucceeded(OperationId id, _) -> id;
      case Event.OperationFailed(OperationId id, _, _) -> id;
      case Event.OperationCancelled(OperationId id, _, _) -> id;
      case Event.CallCreated _,
          Event.CallChanged _,
          Event.CallEnded _,
          Event.LegCreated _,
          Event.LegChanged _,
          Event.LegEnded _,
          Event.IvrCreated _,
          Event.IvrChanged _,
          Event.IvrEnded _,
          Event.DigitPressed _,
          Event.OperationAccepted _,
          Event.OperationProgress _ ->
          null;
    };
  }
}
