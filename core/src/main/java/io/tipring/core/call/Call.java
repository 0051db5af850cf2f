package io.tipring.core.call;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.CallState;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.Direction;
import io.tipring.api.Event.LegState;
import io.tipring.api.Event.Refusal;
import io.tipring.api.IvrId;
import io.tipring.api.LegId;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.call.LegEvent.LegOffered;
import io.tipring.media.spec.MediaEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final Directory directory;
  private final SequencedMap<LegId, Leg> legs = new LinkedHashMap<>();
  private final InFlight inFlight = new InFlight();
  private final Admission admission;
  private final long beganNanos;
  private String from = "";
  private String to = "";
  private CallState state = CallState.OFFERED;
  private Deadline deadline;

  Call(CallId id, CallLimits limits, Directory directory, Supplier<IvrId> ivrIds, long nowNanos) {
    this.id = id;
    this.limits = limits;
    this.directory = directory;
    this.admission = new Admission(limits.operations(), directory, ivrIds, inFlight);
    this.beganNanos = nowNanos;
    this.deadline =
        new Deadline(nowNanos + limits.unanswered().toNanos(), EndReason.APP_DID_NOT_ANSWER);
  }

  CallId id() {
    return id;
  }

  /// The earliest deadline of the call and what runs in it.
  long wakeAtNanos() {
    return Math.min(deadline.atNanos(), inFlight.deadlineNanos());
  }

  CallSnapshot snapshot() {
    return new CallSnapshot(
        id,
        Direction.INBOUND,
        from,
        to,
        state,
        legs.values().stream()
            .map(leg -> new CallSnapshot.LegSnapshot(leg.id(), Direction.INBOUND, leg.state()))
            .toList(),
        inFlight.operations());
  }

  List<Effect> on(CallInput input, long nowNanos) {
    Turn turn = new Turn(nowNanos);
    switch (input) {
      case CallInput.FromLeg(LegEvent event) -> onLeg(event, turn);
      case CallInput.FromMedia(MediaEvent event) -> onMedia(event, turn);
      case CallInput.Asked(OperationId ref, Operation operation) -> onAsked(ref, operation, turn);
      case CallInput.Prepared(RunId run, int piece, Preparation answer) ->
          inFlight.tell(run, new RunInput.Prepared(piece, answer), turn);
      case CallInput.FallBack(String application) -> fallBack(application, turn);
      case CallInput.Woken _ -> onWoken(turn);
      case CallInput.Terminate(EndReason reason) -> terminate(reason, turn);
    }
    for (Leg leg : legs.values()) {
      inFlight.advance(leg, turn);
    }
    if (input instanceof CallInput.Asked(OperationId ref, _) && waits(ref)) {
      turn.announce(new Event.OperationProgress(ref, Event.Stage.PREPARING));
    }
    return turn.effects();
  }

  /// Those that signalling has not ended.
  List<LegId> legs() {
    return List.copyOf(legs.keySet());
  }

  /// It is in progress, and waits for its turn or for its sound.
  private boolean waits(OperationId id) {
    OperationRun run = inFlight.find(id);
    return run != null && run.waits();
  }

  private void onLeg(LegEvent event, Turn turn) {
    if (event instanceof LegOffered offered) {
      begin(offered, turn);
      return;
    }
    Leg leg = legs.get(event.leg());
    if (leg == null) {
      return; // Ended before: no news (ADR 0002).
    }
    switch (event) {
      case LegOffered _ -> {}
      case LegEvent.LegAnswered _ -> onAnswered(leg, turn);
      case LegEvent.LegChanged(LegId _, boolean held) -> onChanged(leg, held, turn);
      case LegEvent.LegKey(LegId ref, char key, int millis) ->
          onKey(ref, key, Event.DigitMethod.SIP_INFO, millis, turn);
      case LegEvent.LegEnded(LegId _, EndReason reason) -> onEnded(leg, reason, turn);
    }
  }

  private void begin(LegOffered offered, Turn turn) {
    from = offered.from();
    to = offered.user();
    legs.put(offered.leg(), new Leg(offered.leg(), new Leg.Phase.Offered()));
    turn.announce(new Event.CallCreated(id, Direction.INBOUND, offered.from(), offered.user()));
    turn.announce(
        new Event.LegCreated(offered.leg(), Direction.INBOUND, offered.from(), offered.user()));
    if (deadline.last()) { // It was to end before it had its first turn.
      hangUp(offered.leg(), deadline.reason(), turn);
    }
  }

  private void onAnswered(Leg leg, Turn turn) {
    if (!(leg.phase() instanceof Leg.Phase.Answering)) {
      return; // We hung up while the caller confirmed.
    }
    legs.put(leg.id(), leg.in(new Leg.Phase.Answered(false)));
    inFlight.tellAll(leg.id(), new RunInput.LegAnswered(), turn);
    turn.announce(new Event.LegChanged(leg.id(), LegState.ANSWERED));
    enter(CallState.ANSWERED, turn);
  }

  private void onChanged(Leg leg, boolean held, Turn turn) {
    if (leg.phase() instanceof Leg.Phase.Answered(boolean before) && before != held) {
      legs.put(leg.id(), leg.in(new Leg.Phase.Answered(held)));
      turn.announce(new Event.LegChanged(leg.id(), held ? LegState.HELD : LegState.ANSWERED));
    }
  }

  private void onEnded(Leg leg, EndReason reason, Turn turn) {
    legs.remove(leg.id());
    inFlight.tellAll(leg.id(), new RunInput.LegEnded(), turn);
    inFlight.forget(leg.id());
    turn.announce(new Event.LegEnded(leg.id(), reason));
    if (legs.isEmpty()) {
      turn.announce(new Event.CallEnded(id, reason));
      turn.ask(new Effect.Forget());
    }
  }

  private void onMedia(MediaEvent event, Turn turn) {
    LegId leg = new LegId(event.leg());
    if (!legs.containsKey(leg)) {
      return; // The leg's last sounds, after its end.
    }
    switch (event) {
      case MediaEvent.DigitBegan(String _, char key, var _) -> inFlight.keyBegan(leg, key, turn);
      case MediaEvent.Digit(String _, char key, MediaEvent.DigitMethod method, int millis) ->
          onKey(leg, key, method(method), millis, turn);
      case MediaEvent.Finished(String _, String text, var ending, int playedMillis) -> {
        Ref ref = Ref.parse(text);
        inFlight.tell(ref.run(), new RunInput.Finished(ref.number(), ending, playedMillis), turn);
      }
      case MediaEvent.Silent _ -> {
        if (legs.get(leg) instanceof Leg(LegId _, Leg.Phase.Answered(boolean held)) && !held) {
          hangUp(leg, EndReason.MEDIA_LOST, turn);
        }
      }
      // Nobody asked for that while the leg lives: without sound a call is none.
      case MediaEvent.Closed _ -> hangUp(leg, EndReason.INTERNAL_ERROR, turn);
    }
  }

  private void onKey(LegId leg, char key, Event.DigitMethod method, int millis, Turn turn) {
    turn.announce(
        new Event.DigitPressed(
            leg, String.valueOf(key), method, Duration.ofMillis(millis), inFlight.sensitive(leg)));
    inFlight.key(leg, key, turn);
  }

  private void onAsked(OperationId ref, Operation operation, Turn turn) {
    switch (admission.judge(ref, operation, addressed(operation), turn.nowNanos())) {
      case Beginning.Begun(OperationRun run, Leg after, List<Effect> effects) -> {
        turn.announce(new Event.OperationAccepted(ref));
        inFlight.replace(Replaced.by(operation), after.id(), turn);
        inFlight.add(run);
        move(after, effects, turn);
      }
      case Beginning.Done(Leg after, Outcome outcome, List<Effect> effects) -> {
        turn.announce(new Event.OperationAccepted(ref));
        inFlight.replace(Replaced.by(operation), after.id(), turn);
        move(after, effects, turn);
        turn.announce(new Event.OperationSucceeded(ref, outcome));
      }
      case Beginning.Ending(List<RunId> others, CancelReason why, List<Effect> effects) -> {
        turn.announce(new Event.OperationAccepted(ref));
        inFlight.stopAll(others, why, turn);
        turn.announce(new Event.OperationSucceeded(ref, new Outcome.Done()));
        turn.ask(effects);
      }
      case Beginning.Refused(Refusal refusal, String hint) ->
          turn.announce(new Event.OperationFailed(ref, refusal, hint));
      case Beginning.PassedOver _ -> {}
    }
  }

  /// Its application is lost, and another one takes over.
  private void fallBack(String application, Turn turn) {
    if (directory.named(application).isEmpty()) {
      terminate(EndReason.APP_LOST, turn);
    } else if (!legs.values().stream().allMatch(Leg::ending)) {
      inFlight.stopAll(inFlight.ids(), CancelReason.REDIRECTED, turn);
      turn.ask(new Effect.HandOver(application, StartReason.FALLBACK));
    }
  }

  private @Nullable Leg addressed(Operation operation) {
    if (operation.leg().isPresent()) {
      return legs.get(operation.leg().get());
    }
    return legs.isEmpty() ? null : legs.firstEntry().getValue();
  }

  private void move(Leg after, List<Effect> effects, Turn turn) {
    Leg before = legs.put(after.id(), after);
    turn.ask(effects);
    if (after.ending() && legs.values().stream().allMatch(Leg::ending)) {
      forgetAfterGoodbye(EndReason.PEER_LOST, turn);
    }
    if (!after.equals(before) && after.phase() instanceof Leg.Phase.Ringing) {
      turn.announce(new Event.LegChanged(after.id(), LegState.RINGING));
      enter(CallState.RINGING, turn);
    }
  }

  private void enter(CallState next, Turn turn) {
    if (state.compareTo(next) < 0) {
      state = next;
      if (next == CallState.ANSWERED) {
        deadline = new Deadline(beganNanos + limits.call().toNanos(), EndReason.TOO_LONG);
      }
      turn.announce(new Event.CallChanged(id, next));
    }
  }

  private void onWoken(Turn turn) {
    inFlight.passDeadlines(turn);
    if (turn.nowNanos() < deadline.atNanos()) {
      return;
    }
    if (deadline.last()) {
      for (Leg leg : List.copyOf(legs.values())) {
        onEnded(leg, deadline.reason(), turn);
      }
    } else {
      terminate(deadline.reason(), turn);
    }
  }

  private void terminate(EndReason reason, Turn turn) {
    forgetAfterGoodbye(reason, turn);
    for (LegId leg : List.copyOf(legs.keySet())) {
      hangUp(leg, reason, turn);
    }
  }

  private void forgetAfterGoodbye(EndReason reason, Turn turn) {
    deadline = new Deadline(turn.nowNanos() + GOODBYE.toNanos(), reason, true);
  }

  private void hangUp(LegId id, EndReason reason, Turn turn) {
    Leg leg = legs.get(id);
    if (leg != null && !leg.ending()) {
      legs.put(id, leg.asEnding());
      turn.ask(new Effect.Signal(new LegCommand.HangUpLeg(id, reason)));
    }
  }

  private static Event.DigitMethod method(MediaEvent.DigitMethod method) {
    return switch (method) {
      case RTP_EVENT -> Event.DigitMethod.RTP_EVENT;
      case SIP_INFO -> Event.DigitMethod.SIP_INFO;
      case IN_BAND -> Event.DigitMethod.IN_BAND;
    };
  }
}
