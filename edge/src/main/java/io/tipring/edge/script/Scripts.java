package io.tipring.edge.script;

import io.tipring.api.EndReason;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.script.CallScript;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.CallLine;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The scripts of one node that have not ended, some of which outlive their call by their `finally`
/// blocks. Owner: the exchange lane.
public final class Scripts {
  private final Ground ground;
  private final Settings settings;
  private final ScriptReports reports;
  private final SequencedSet<ScriptRun> running = new LinkedHashSet<>();
  private final LongAdder unheard = new LongAdder();
  private volatile int size;
  private @Nullable Runnable drained;

  /// What scripts stand on.
  ///
  /// @param clock what [io.tipring.api.script.Call#clock] gives
  /// @param randomness seeds the chance of each script
  public record Ground(
      Lane lane, ScriptThreads threads, Clock clock, Randomness randomness, WebRequests web) {}

  /// @param most that may run at a time; the next call ends as OVERLOADED
  /// @param interrupt when a script that has not noticed the end of its call is interrupted
  /// @param giveUp when one that has not ended is reported, and no longer waited for
  public record Settings(int most, Duration interrupt, Duration giveUp) {
    public static final Settings STANDARD =
        new Settings(10_000, Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  public Scripts(Ground ground, Settings settings, ScriptReports reports) {
    this.ground = ground;
    this.settings = settings;
    this.reports = reports;
  }

  /// Scripts that have not ended. Any thread.
  public int size() {
    return size;
  }

  /// Events that were dropped because a script did not listen. Any thread.
  public long unheard() {
    return unheard.sum();
  }

  /// For the end, when no calls are left: `whenEmpty` runs on the lane, once, as soon as all
  /// scripts have ended or are given up. Only on the lane.
  public void drain(Runnable whenEmpty) {
    drained = whenEmpty;
    lane().post("scripts", this::announceWhenEmpty);
  }

  Attendant begin(Supplier<CallScript> script, CallLine line, CallSnapshot snapshot, Cursor at) {
    if (running.size() >= settings.most()) {
      line.terminate(EndReason.OVERLOADED);
      return TURNED_AWAY;
    }
    ScriptRun run = new ScriptRun(script, line, snapshot, at, this);
    running.add(run);
    size = running.size();
    run.start();
    return run;
  }

  Ground ground() {
    return ground;
  }

  Lane lane() {
    return ground.lane();
  }

  Settings settings() {
    return settings;
  }

  LongAdder unheardCounter() {
    return unheard;
  }

  ScriptReports reports() {
    return reports;
  }

  void ended(ScriptRun run) {
    running.remove(run);
    size = running.size();
    announceWhenEmpty();
  }

  void announceWhenEmpty() {
    Runnable whenEmpty = drained;
    if (whenEmpty != null && running.stream().allMatch(ScriptRun::givenUp)) {
      drained = null;
      whenEmpty.run();
    }
  }

  private static final Attendant TURNED_AWAY =
      new Attendant() {
        @Override
        public void on(Journal.Entry entry) {}

        @Override
        public void handedOver() {}
      };
}
