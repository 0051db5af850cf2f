package io.tipring.edge.script;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.script.Call;
import io.tipring.api.script.CallEnded;
import io.tipring.api.script.CallScript;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.CallLine;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Lane;
import io.tipring.edge.script.ScriptThreads.ScriptThread;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One script and its call, from the first line to the last `finally`. Owner: the exchange lane,
/// but for [#play], which is the script's own thread.
final class ScriptRun implements Attendant {
  private final Supplier<CallScript> script;
  private final CallLine call;
  private final Scripts scripts;
  private final ScriptLine line;
  private final ScriptThread thread;
  private Lane.@Nullable Alarm alarm;
  private boolean givenUp;
  private volatile boolean ended;

  ScriptRun(
      Supplier<CallScript> script,
      CallLine call,
      CallSnapshot snapshot,
      Cursor at,
      Scripts scripts) {
    this.script = script;
    this.call = call;
    this.scripts = scripts;
    thread = scripts.ground().threads().make(snapshot.call().value(), this::play);
    line = new ScriptLine(call, snapshot, at, scripts, thread);
  }

  void start() {
    thread.start();
  }

  @Override
  public void on(Journal.Entry entry) {
    if (!ended) {
      line.tell(entry.event());
      if (entry.event() instanceof Event.CallEnded) {
        callIsOver();
      }
    }
  }

  @Override
  public void handedOver() {
    if (!ended) {
      line.tellHandedOver();
      callIsOver();
    }
  }

  /// Nobody waits for it any more.
  boolean givenUp() {
    return givenUp;
  }

  private void callIsOver() {
    if (!ended) { // In a World it has ended by now.
      after(scripts.settings().interrupt(), this::interruptWhenUnaware);
    }
  }

  private void interruptWhenUnaware() {
    if (!line.toldOfEnd()) {
      thread.interrupt();
    }
    after(scripts.settings().giveUp().minus(scripts.settings().interrupt()), this::giveUp);
  }

  private void giveUp() {
    Throwable where = new IllegalStateException("it is here");
    where.setStackTrace(thread.stack());
    thread.interrupt();
    givenUp = true;
    scripts
        .reports()
        .report(
            id(),
            "its script has not ended "
                + scripts.settings().giveUp().toSeconds()
                + " s after its end",
            where);
    scripts.announceWhenEmpty();
  }

  private void after(Duration time, Runnable turn) {
    long at = scripts.lane().nowNanos() + time.toNanos();
    alarm =
        scripts
            .lane()
            .wakeAt(
                at,
                id().value(),
                () -> {
                  alarm = null;
                  turn.run();
                });
  }

  /// The script's thread, from beginning to end.
  private void play() {
    try {
      script.get().run(new Call(line));
      call.terminate(EndReason.APP_HUNG_UP);
    } catch (CallEnded _) {
      call.terminate(EndReason.APP_HUNG_UP); // No news, unless the script has made it up.
    } catch (InterruptedException _) {
      call.terminate(EndReason.APP_HUNG_UP); // Only the end of a call interrupts.
    } catch (Throwable fault) {
      scripts.reports().report(id(), "its script threw", fault);
      call.terminate(EndReason.INTERNAL_ERROR);
    } finally {
      ended = true;
      scripts.lane().post(id().value(), this::forget);
    }
  }

  private void forget() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    scripts.ended(this);
  }

  private CallId id() {
    return call.call();
  }
}
