package io.tipring.edge.script;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Refusal;
import io.tipring.api.IvrId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.script.CallEnded;
import io.tipring.api.script.Line;
import io.tipring.api.script.OperationCancelled;
import io.tipring.api.script.OperationFailed;
import io.tipring.api.script.Pending;
import io.tipring.api.script.Web;
import io.tipring.core.call.CallLine;
import io.tipring.edge.script.ScriptThreads.ScriptThread;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How a script asks, and waits. Owner: the script's thread, which takes out of the inbox what the
/// lane puts in by [#tell].
final class ScriptLine implements Line {
  /// More than a call may have, so that a script learns from the exchange what is too many.
  private static final int MOST_UNDER_WAY = 64;

  private static final int MOST_KEPT = 64;
  private static final long FOR_EVER = Long.MAX_VALUE;

  /// After it was said that the leg ends: longer than a call waits for its last leg.
  private static final Duration LAST_WORD = Duration.ofSeconds(90);

  private final CallLine call;
  private final CallSnapshot snapshot;
  private final Scripts.Ground ground;
  private final ScriptThread thread;
  private final RandomGenerator random;
  private final LongAdder dropped;
  private final Inbox inbox;
  private final SequencedMap<OperationId, Asked> underWay = new LinkedHashMap<>();
  private final ArrayDeque<Event> kept = new ArrayDeque<>();
  private long asked;
  private @Nullable Asked awaited;
  private @Nullable IvrId ivrOfAwaited;
  private boolean over;
  private Optional<EndReason> reason = Optional.empty();

  /// Which events the script is woken for. Written by the script, read by the lane, which puts an
  /// event into the inbox first; the script looks there once more after it has written. So one of
  /// them sees the other, and no event is slept through.
  private volatile Predicate<Event> wakes = ScriptLine::nothing;

  private volatile boolean handedOver;
  private volatile boolean toldOfEnd;

  ScriptLine(
      CallLine call, CallSnapshot snapshot, Cursor at, Scripts scripts, ScriptThread thread) {
    this.call = call;
    this.snapshot = snapshot;
    this.ground = scripts.ground();
    this.thread = thread;
    dropped = scripts.unheardCounter();
    inbox = new Inbox(dropped);
    random = new SplittableRandom(ground.randomness().nextLong());
    // Each operation has an event of its own, so that ids counted on from the last event are new,
    // also when another application had the call before.
    asked = at.seq();
  }

  /// Something has happened. On the lane.
  void tell(Event event) {
    inbox.put(event);
    if (event instanceof Event.CallEnded || wakes.test(event)) {
      thread.wake();
    }
  }

  /// The call is another application's. On the lane, after everything told.
  void tellHandedOver() {
    handedOver = true;
    thread.wake();
  }

  /// Whether the script has been thrown [CallEnded]. Any thread.
  boolean toldOfEnd() {
    return toldOfEnd;
  }

  @Override
  public CallSnapshot snapshot() {
    return snapshot;
  }

  @Override
  public Pending begin(Operation operation) {
    boolean _ = until(_ -> true, () -> !over && underWay.size() < MOST_UNDER_WAY, FOR_EVER);
    Asked begun = new Asked(new OperationId(OperationId.PREFIX + ++asked), operation);
    underWay.put(begun.id, begun);
    call.ask(begun.id, operation);
    return begun;
  }

  @Override
  public Optional<Event> next(Duration patience) {
    return until(_ -> true, () -> !over && !kept.isEmpty(), nanos(patience))
        ? Optional.of(kept.removeFirst())
        : Optional.empty();
  }

  @Override
  public void sleep(Duration duration) {
    boolean _ = until(ScriptLine::nothing, () -> false, nanos(duration));
  }

  @Override
  public Clock clock() {
    return ground.clock();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Web web() {
    return this::send;
  }

  private Web.Answer send(Web.Request request) throws IOException {
    boolean _ = until(ScriptLine::nothing, () -> !over, 0);
    CompletableFuture<Web.Answer> answer = ground.web().send(request);
    var _ = answer.whenComplete((_, _) -> thread.wake());
    try {
      if (!until(ScriptLine::nothing, answer::isDone, nanos(request.deadline()))) {
        throw new IOException(
            request.uri() + " did not answer within " + request.deadline().toMillis() + " ms");
      }
      return answer.join();
    } catch (CompletionException e) {
      throw new IOException(request.uri() + ": " + e.getCause(), e.getCause());
    } finally {
      var _ = answer.cancel(true);
    }
  }

  private Outcome await(Asked operation) {
    awaited = operation;
    try {
      boolean _ = until(operation::isEndedBy, operation::hasEnded, FOR_EVER);
    } finally {
      awaited = null;
      ivrOfAwaited = null;
    }
    return switch (Objects.requireNonNull(operation.end)) {
      case End.Succeeded(Outcome outcome) -> {
        if (operation.asked instanceof Operation.Redirect) {
          untilOver(LAST_WORD);
        }
        yield outcome;
      }
      case End.Failed(Refusal refusal, String hint) -> {
        if (refusal == Refusal.LEG_ENDED) {
          untilOver(LAST_WORD);
        }
        throw new OperationFailed(refusal, hint);
      }
      case End.Cancelled(CancelReason why) -> {
        if (why == CancelReason.REDIRECTED) {
          untilOver(LAST_WORD);
        }
        throw new OperationCancelled(why);
      }
    };
  }

  /// The end of an operation has said that the call's is near: throws it as soon as it is known
  /// why.
  private void untilOver(Duration patience) {
    boolean _ = until(ScriptLine::nothing, () -> false, nanos(patience));
  }

  /// Waits until `done`, at most so long.
  ///
  /// @param wakes the events that may have to do with it
  /// @return whether it is
  /// @throws CallEnded when the call is over and it is not done
  private boolean until(Predicate<Event> wakes, BooleanSupplier done, long patienceNanos) {
    this.wakes = wakes;
    long began = ground.threads().nanoTime();
    while (true) {
      takeIn();
      if (done.getAsBoolean()) {
        return true;
      }
      if (over) {
        toldOfEnd = true;
        boolean _ = Thread.interrupted(); // It knows now; `finally` blocks shall not be disturbed.
        throw new CallEnded(reason);
      }
      long left = patienceNanos - (ground.threads().nanoTime() - began);
      if (left <= 0) {
        return false;
      }
      thread.park(patienceNanos == FOR_EVER ? FOR_EVER : left);
    }
  }

  private void takeIn() {
    boolean lastWasTold = handedOver;
    for (Event event = inbox.take(); event != null; event = inbox.take()) {
      heard(event);
    }
    over |= lastWasTold;
  }

  private void heard(Event event) {
    switch (event) {
      case Event.CallEnded(_, EndReason why) -> {
        over = true;
        reason = Optional.of(why);
      }
      case Event.CallCreated _, Event.LegCreated _ -> {} // The snapshot has said it.
      case Event.OperationSucceeded(OperationId id, Outcome outcome) ->
          ended(id, new End.Succeeded(outcome), event);
      case Event.OperationFailed(OperationId id, Refusal refusal, String hint) ->
          ended(id, new End.Failed(refusal, hint), event);
      case Event.OperationCancelled(OperationId id, CancelReason why, _) ->
          ended(id, new End.Cancelled(why), event);
      case Event.OperationAccepted(OperationId id) -> keepUnlessAwaited(id, event);
      case Event.OperationProgress(OperationId id, _) -> keepUnlessAwaited(id, event);
      case Event.IvrCreated(IvrId ivr, _, OperationId id) -> {
        if (isAwaited(id)) {
          ivrOfAwaited = ivr;
        }
        keepUnlessAwaited(id, event);
      }
      case Event.IvrChanged(IvrId ivr, _, _, _) -> keepUnlessAwaited(ivr, event);
      case Event.IvrEnded(IvrId ivr, _, _, _) -> keepUnlessAwaited(ivr, event);
      case Event.CallChanged _, Event.LegChanged _, Event.LegEnded _, Event.DigitPressed _ ->
          keep(event);
    }
  }

  private void ended(OperationId id, End end, Event event) {
    Asked operation = underWay.remove(id);
    if (operation != null) {
      operation.end = end;
    }
    keepUnlessAwaited(id, event);
  }

  private boolean isAwaited(OperationId id) {
    return awaited != null && awaited.id.equals(id);
  }

  private void keepUnlessAwaited(OperationId id, Event event) {
    if (!isAwaited(id)) {
      keep(event);
    }
  }

  private void keepUnlessAwaited(IvrId ivr, Event event) {
    if (!ivr.equals(ivrOfAwaited)) {
      keep(event);
    }
  }

  private void keep(Event event) {
    kept.add(event);
    if (kept.size() > MOST_KEPT) {
      kept.removeFirst();
      dropped.increment();
    }
  }

  private static boolean nothing(Event event) {
    return false;
  }

  private static long nanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }

  /// How an operation ended.
  private sealed interface End {
    record Succeeded(Outcome outcome) implements End {}

    record Failed(Refusal refusal, String hint) implements End {}

    record Cancelled(CancelReason why) implements End {}
  }

  /// An operation of the script.
  private final class Asked implements Pending {
    private final OperationId id;
    private final Operation asked;
    private @Nullable End end;

    Asked(OperationId id, Operation asked) {
      this.id = id;
      this.asked = asked;
    }

    /// On the lane.
    boolean isEndedBy(Event event) {
      return id.equals(Inbox.ended(event));
    }

    boolean hasEnded() {
      return end != null;
    }

    @Override
    public OperationId id() {
      return id;
    }

    @Override
    public Outcome await() {
      return ScriptLine.this.await(this);
    }

    @Override
    public void cancel() {
      takeIn();
      if (hasEnded()) {
        return;
      }
      try {
        var _ = begin(new Operation.Cancel(id)).await();
      } catch (OperationFailed _) {
        // It ended before.
      }
    }
  }
}
