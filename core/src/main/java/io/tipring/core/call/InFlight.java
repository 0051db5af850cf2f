package io.tipring.core.call;

import io.tipring.api.Event.CancelReason;
import io.tipring.api.LegId;
import io.tipring.api.OperationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The operations of a call that are in progress, and on each leg their two queues. Tells each what
/// concerns it, and forgets it in the turn in which it ends. Owner: the exchange lane.
final class InFlight {
  private final SequencedMap<RunId, OperationRun> runs = new LinkedHashMap<>();
  private final SequencedMap<LegId, LegQueues> queues = new LinkedHashMap<>();

  int size() {
    return runs.size();
  }

  List<RunId> ids() {
    return List.copyOf(runs.keySet());
  }

  /// As their application calls them.
  List<OperationId> operations() {
    return runs.keySet().stream().map(RunId::operation).toList();
  }

  /// The one that its application calls so.
  @Nullable OperationRun find(OperationId operation) {
    for (OperationRun run : runs.values()) {
      if (run.id().operation().equals(operation)) {
        return run;
      }
    }
    return null;
  }

  /// The earliest of all.
  long deadlineNanos() {
    long earliest = Long.MAX_VALUE;
    for (OperationRun run : runs.values()) {
      earliest = Math.min(earliest, run.deadlineNanos());
    }
    return earliest;
  }

  /// Takes it up, at the end of its queues.
  void add(OperationRun run) {
    runs.put(run.id(), run);
    LegQueues of = queues(run.leg());
    if (run.sounds()) {
      of.voice.add(run.id());
    }
    if (run.listens()) {
      of.ear.add(run.id());
    }
  }

  /// To one that has ended it is no news (ADR 0002).
  void tell(RunId id, RunInput input, Turn turn) {
    OperationRun run = runs.get(id);
    if (run == null) {
      return;
    }
    Verdict verdict = run.on(input, turn.nowNanos());
    turn.ask(verdict.effects());
    if (verdict instanceof Verdict.GoesOn(OperationRun next, _)) {
      runs.put(id, next);
      if (!next.sounds()) {
        queues(run.leg()).voice.leave(id);
      }
    } else {
      runs.remove(id);
      queues(run.leg()).voice.leave(id);
      queues(run.leg()).ear.leave(id);
      turn.announce(Verdict.end(id.operation(), verdict));
    }
  }

  /// To all on that leg.
  void tellAll(LegId leg, RunInput input, Turn turn) {
    for (OperationRun run : List.copyOf(runs.values())) {
      if (run.leg().equals(leg)) {
        tell(run.id(), input, turn);
      }
    }
  }

  void passDeadlines(Turn turn) {
    for (OperationRun run : List.copyOf(runs.values())) {
      if (turn.nowNanos() >= run.deadlineNanos()) {
        tell(run.id(), new RunInput.Deadline(), turn);
      }
    }
  }

  /// Empties a queue of the leg for another operation. A gather that is heard loses its prompt
  /// only.
  void replace(Replaced what, LegId leg, Turn turn) {
    switch (what) {
      case NOTHING -> {}
      case VOICE -> {
        for (RunId id : queues(leg).voice.places()) {
          tell(id, new RunInput.Hush(CancelReason.REPLACED), turn);
        }
      }
      case EAR -> {
        for (RunId id : queues(leg).ear.places()) {
          tell(id, new RunInput.Stop(CancelReason.REPLACED), turn);
        }
      }
    }
  }

  /// Whether at least one operation would end by it.
  boolean endsSome(Replaced what, LegId leg) {
    return switch (what) {
      case NOTHING -> false;
      case VOICE ->
          queues(leg).voice.places().stream().anyMatch(id -> !(runs.get(id) instanceof GatherRun));
      case EAR -> !queues(leg).ear.isEmpty();
    };
  }

  /// Takes all of them back.
  void stopAll(List<RunId> ids, CancelReason reason, Turn turn) {
    for (RunId id : ids) {
      tell(id, new RunInput.Stop(reason), turn);
    }
  }

  /// A key of the caller went down.
  void keyBegan(LegId leg, char key, Turn turn) {
    if (queues(leg).straggles(key, turn.nowNanos())) {
      queues(leg).straggler = Straggler.heldDown(key);
      return;
    }
    GatherRun gather = listener(leg);
    if (gather != null) {
      bargeIn(gather, turn);
      tell(gather.id(), new RunInput.KeyBegan(), turn);
    }
  }

  /// A key of the caller was pressed. SIP INFO does not tell of its beginning.
  void key(LegId leg, char key, Turn turn) {
    LegQueues of = queues(leg);
    boolean late = of.straggles(key, turn.nowNanos());
    of.straggler = null;
    GatherRun gather = listener(leg);
    if (late) {
      return;
    }
    if (gather != null) {
      bargeIn(gather, turn);
      give(of, gather, key, turn);
    } else {
      of.typedAhead.keep(key, of.sensitive, turn.nowNanos());
    }
  }

  /// What is pressed on the leg now is for nobody but the application to see: a sensitive gather is
  /// in progress, or none, and then nobody knows what the next one is.
  boolean sensitive(LegId leg) {
    return listener(leg) == null
        || queues(leg).ear.places().stream()
            .anyMatch(id -> runs.get(id) instanceof GatherRun run && run.gather().sensitive());
  }

  /// Lets begin whose turn has come.
  void advance(Leg leg, Turn turn) {
    LegQueues of = queues(leg.id());
    boolean moved = leg.answered();
    while (moved) {
      RunId ear = of.ear.next();
      if (ear != null) {
        listen(of, ear, turn);
      }
      RunId voice = of.voice.next();
      if (voice != null) {
        tell(voice, new RunInput.MaySound(), turn);
      }
      moved = ear != null || voice != null;
    }
  }

  /// Nothing of the leg is in progress any more.
  void forget(LegId leg) {
    queues.remove(leg);
  }

  private void listen(LegQueues of, RunId id, Turn turn) {
    TypedAhead ahead = of.typedAhead;
    ahead.forgetOld(turn.nowNanos());
    if (runs.get(id) instanceof GatherRun gather) {
      if (!gather.gather().typeAhead()) {
        ahead.clear();
      }
      of.sensitive = gather.gather().sensitive() || ahead.sensitive();
    }
    tell(id, new RunInput.MayListen(!ahead.isEmpty(), ahead.sensitive()), turn);
    while (!ahead.isEmpty() && runs.get(id) instanceof GatherRun gather && gather.wantsKeys()) {
      give(of, gather, ahead.take(), turn);
    }
    if (!ahead.isEmpty() && of.straggler != null) {
      if (of.straggles(ahead.next(), turn.nowNanos())) {
        ahead.take();
      }
      of.straggler = null;
    }
  }

  /// One that makes the entry full may have the key that finishes it behind it still.
  private void give(LegQueues of, GatherRun gather, char key, Turn turn) {
    of.straggler = gather.straggler(key, turn.nowNanos()).orElse(null);
    tell(gather.id(), new RunInput.Key(key), turn);
  }

  private @Nullable GatherRun listener(LegId leg) {
    RunId served = queues(leg).ear.served();
    return served != null && runs.get(served) instanceof GatherRun gather && gather.wantsKeys()
        ? gather
        : null;
  }

  /// Cuts what the leg hears. Prompts of gathers are their own affair: those that wait are for
  /// later keys.
  private void bargeIn(GatherRun gather, Turn turn) {
    if (!gather.gather().bargeIn()) {
      return;
    }
    for (RunId id : queues(gather.leg()).voice.places()) {
      if (!(runs.get(id) instanceof GatherRun)) {
        tell(id, new RunInput.Hush(CancelReason.BARGED_IN), turn);
      }
    }
  }

  private LegQueues queues(LegId leg) {
    return queues.computeIfAbsent(leg, _ -> new LegQueues());
  }
}
