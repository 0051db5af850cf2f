package io.tipring.core.call;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.CallState;
import io.tipring.api.Event.Direction;
import io.tipring.api.Event.LegState;
import io.tipring.api.Event.Refusal;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.core.call.LegEvent.LegOffered;
import io.tipring.media.spec.MediaEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// The legs that one application drives. A switch between legs and operations, which own their own
/// state; it does nothing itself but ask, through [Effect]s. Owner: the exchange lane, one turn at
/// a time.
final class Call {
  /// Signalling ends a leg by itself within 64*T1 (RFC 3261 17.1.2.2); past this the call forgets
  /// it anyway.
  private static final Duration GOODBYE = Duration.ofSeconds(60);

  /// When the call is ended by us, and what for.
  ///
  /// @param last the legs were told before and did not end
  private record Deadline(long atNanos, EndReason reason, boolean last) {
    Deadline(long atNanos, EndReason reason) {
      this(atNanos, reason, false);
    }
  }

  private final CallId id;
  private final CallLimits limits;
  private final Sounds sounds;
  private final SequencedMap<LegId, Leg> legs = new LinkedHashMap<>();
  private final SequencedMap<OperationId, OperationRun> running = new LinkedHashMap<>();
  private final long beganNanos;
  private CallState state = CallState.OFFERED;
  private Deadline deadline;

  Call(CallId id, CallLimits limits, Sounds sounds, long nowNanos) {
    this.id = id;
    this.limits = limits;
    this.sounds = sounds;
    this.beganNanos = nowNanos;
    this.deadline =
        new Deadline(nowNanos + limits.unanswered().toNanos(), EndReason.APP_DID_NOT_ANSWER);
  }

  CallId id() {
    return id;
  }

  /// The earliest deadline of the call and what runs in it.
  long wakeAtNanos() {
    long earliest = deadline.atNanos();
    for (OperationRun run : running.values()) {
      earliest = Math.min(earliest, run.deadlineNanos());
    }
    return earliest;
  }

  List<Effect> on(CallInput input, long nowNanos) {
    List<Effect> out = new ArrayList<>();
    switch (input) {
      case CallInput.FromLeg(LegEvent event) -> onLeg(event, out);
      case CallInput.FromMedia(MediaEvent event) -> onMedia(event, out);
      case CallInput.Asked(OperationId ref, Operation operation) ->
          onAsked(ref, operation, nowNanos, out);
      case CallInput.Woken _ -> onWoken(nowNanos, out);
      case CallInput.Terminate(EndReason reason) -> terminate(reason, nowNanos, out);
    }
    return out;
  }

  /// What is left to say after a turn that threw: every operation and every leg gets its end, and
  /// no operation is asked, since nobody knows which one threw.
  List<Effect> abandon(EndReason reason) {
    List<Effect> out = new ArrayList<>();
    legs.keySet().forEach(leg -> out.add(new Effect.Signal(new LegCommand.HangUpLeg(leg, reason))));
    for (OperationId ref : running.keySet()) {
      announce(
          new Event.OperationFailed(ref, Refusal.LEG_ENDED, "the call ended by a fault of ours"),
          out);
    }
    legs.keySet().forEach(leg -> announce(new Event.LegEnded(leg, reason), out));
    announce(new Event.CallEnded(id, reason), out);
    return out;
  }

  private void onLeg(LegEvent event, List<Effect> out) {
    if (event instanceof LegOffered offered) {
      begin(offered, out);
      return;
    }
    Leg leg = legs.get(event.leg());
    if (leg == null) {
      return; // Ended before: no news (ADR 0002).
    }
    switch (event) {
      case LegOffered _ -> {}
      case LegEvent.LegAnswered _ -> onAnswered(leg, out);
      case LegEvent.LegChanged(LegId _, boolean held) -> onChanged(leg, held, out);
      case LegEvent.LegKey(LegId ref, char key, int millis) ->
          announce(new Event.DigitPressed(ref, key, Event.DigitMethod.SIP_INFO, millis), out);
      case LegEvent.LegEnded(LegId _, EndReason reason) -> onEnded(leg, reason, out);
    }
  }

  private void begin(LegOffered offered, List<Effect> out) {
    legs.put(offered.leg(), new Leg(offered.leg(), new Leg.Phase.Offered()));
    announce(new Event.CallCreated(id, Direction.INBOUND, offered.from(), offered.user()), out);
    announce(
        new Event.LegCreated(offered.leg(), Direction.INBOUND, offered.from(), offered.user()),
        out);
  }

  private void onAnswered(Leg leg, List<Effect> out) {
    if (!(leg.phase() instanceof Leg.Phase.Answering)) {
      return; // We hung up while the caller confirmed.
    }
    legs.put(leg.id(), leg.in(new Leg.Phase.Answered(false)));
    judge(leg.id(), OperationRun::onAnswered, out);
    announce(new Event.LegChanged(leg.id(), LegState.ANSWERED), out);
    enter(CallState.ANSWERED, out);
  }

  private void onChanged(Leg leg, boolean held, List<Effect> out) {
    if (leg.phase() instanceof Leg.Phase.Answered(boolean before) && before != held) {
      legs.put(leg.id(), leg.in(new Leg.Phase.Answered(held)));
      announce(new Event.LegChanged(leg.id(), held ? LegState.HELD : LegState.ANSWERED), out);
    }
  }

  private void onEnded(Leg leg, EndReason reason, List<Effect> out) {
    legs.remove(leg.id());
    judge(leg.id(), OperationRun::onLegEnded, out);
    announce(new Event.LegEnded(leg.id(), reason), out);
    if (legs.isEmpty()) {
      announce(new Event.CallEnded(id, reason), out);
      out.add(new Effect.Forget());
    }
  }

  private void onMedia(MediaEvent event, List<Effect> out) {
    LegId leg = new LegId(event.leg());
    if (!legs.containsKey(leg)) {
      return; // The leg's last sounds, after its end.
    }
    switch (event) {
      case MediaEvent.Digit(String _, char key, MediaEvent.DigitMethod method, int millis) ->
          announce(new Event.DigitPressed(leg, key, method(method), millis), out);
      case MediaEvent.Finished finished ->
          judge(new OperationId(finished.ref()), run -> run.onFinished(finished), out);
      case MediaEvent.Silent _ -> {
        if (legs.get(leg) instanceof Leg(LegId _, Leg.Phase.Answered(boolean held)) && !held) {
          hangUp(leg, EndReason.MEDIA_LOST, out);
        }
      }
      // Nobody asked for that while the leg lives: without sound a call is none.
      case MediaEvent.Closed _ -> hangUp(leg, EndReason.INTERNAL_ERROR, out);
    }
  }

  private void onAsked(OperationId ref, Operation operation, long nowNanos, List<Effect> out) {
    Optional<Leg> leg = address(operation);
    Beginning beginning;
    if (running.size() >= limits.operations() && !(operation instanceof Operation.HangUp)) {
      beginning =
          new Beginning.Refused(
              Refusal.TOO_MANY,
              "at most "
                  + limits.operations()
                  + " operations of a call are in flight; wait for one to end, or hang up");
    } else if (leg.isEmpty()) {
      beginning =
          new Beginning.Refused(Refusal.UNKNOWN_LEG, "the call has no such leg, or it has ended");
    } else {
      beginning = OperationRun.begin(ref, operation, leg.get(), sounds, nowNanos);
    }
    switch (beginning) {
      case Beginning.Begun(OperationRun run, Leg after, List<Effect> effects) -> {
        running.put(ref, run);
        announce(new Event.OperationAccepted(ref), out);
        move(after, effects, out);
      }
      case Beginning.Done(Leg after, List<Effect> effects) -> {
        announce(new Event.OperationAccepted(ref), out);
        move(after, effects, out);
        announce(new Event.OperationSucceeded(ref), out);
      }
      case Beginning.Refused(Refusal refusal, String hint) ->
          announce(new Event.OperationFailed(ref, refusal, hint), out);
    }
  }

  private Optional<Leg> address(Operation operation) {
    return operation.leg().isPresent()
        ? Optional.ofNullable(legs.get(operation.leg().get()))
        : legs.values().stream().findFirst();
  }

  private void move(Leg after, List<Effect> effects, List<Effect> out) {
    Leg before = legs.put(after.id(), after);
    out.addAll(effects);
    if (!after.equals(before) && after.phase() instanceof Leg.Phase.Ringing) {
      announce(new Event.LegChanged(after.id(), LegState.RINGING), out);
      enter(CallState.RINGING, out);
    }
  }

  private void enter(CallState next, List<Effect> out) {
    if (state.compareTo(next) < 0) {
      state = next;
      if (next == CallState.ANSWERED) {
        deadline = new Deadline(beganNanos + limits.call().toNanos(), EndReason.TOO_LONG);
      }
      announce(new Event.CallChanged(id, next), out);
    }
  }

  private void onWoken(long nowNanos, List<Effect> out) {
    for (OperationRun run : List.copyOf(running.values())) {
      if (nowNanos >= run.deadlineNanos()) {
        judge(run.id(), OperationRun::onDeadline, out);
      }
    }
    if (nowNanos < deadline.atNanos()) {
      return;
    }
    if (deadline.last()) {
      for (Leg leg : List.copyOf(legs.values())) {
        onEnded(leg, deadline.reason(), out);
      }
    } else {
      terminate(deadline.reason(), nowNanos, out);
    }
  }

  private void terminate(EndReason reason, long nowNanos, List<Effect> out) {
    deadline = new Deadline(nowNanos + GOODBYE.toNanos(), reason, true);
    for (LegId leg : List.copyOf(legs.keySet())) {
      hangUp(leg, reason, out);
    }
  }

  private void hangUp(LegId id, EndReason reason, List<Effect> out) {
    Leg leg = legs.get(id);
    if (leg != null && !(leg.phase() instanceof Leg.Phase.Ending)) {
      legs.put(id, leg.in(new Leg.Phase.Ending()));
      out.add(new Effect.Signal(new LegCommand.HangUpLeg(id, reason)));
    }
  }

  private void judge(LegId leg, Function<OperationRun, Verdict> input, List<Effect> out) {
    for (OperationRun run : List.copyOf(running.values())) {
      if (run.leg().equals(leg)) {
        judge(run.id(), input, out);
      }
    }
  }

  private void judge(OperationId ref, Function<OperationRun, Verdict> input, List<Effect> out) {
    OperationRun run = running.get(ref);
    if (run == null) {
      return; // It ended before: a late answer is no news (ADR 0002).
    }
    switch (input.apply(run)) {
      case Verdict.GoesOn _ -> {}
      case Verdict.Succeeded _ -> end(run, new Event.OperationSucceeded(ref), out);
      case Verdict.Failed(Refusal refusal, String hint) ->
          end(run, new Event.OperationFailed(ref, refusal, hint), out);
      case Verdict.Cancelled _ -> end(run, new Event.OperationCancelled(ref), out);
    }
  }

  private void end(OperationRun run, Event event, List<Effect> out) {
    running.remove(run.id());
    announce(event, out);
  }

  private static void announce(Event event, List<Effect> out) {
    out.add(new Effect.Announce(event));
  }

  private static Event.DigitMethod method(MediaEvent.DigitMethod method) {
    return switch (method) {
      case RTP_EVENT -> Event.DigitMethod.RTP_EVENT;
      case SIP_INFO -> Event.DigitMethod.SIP_INFO;
      case IN_BAND -> Event.DigitMethod.IN_BAND;
    };
  }
}
