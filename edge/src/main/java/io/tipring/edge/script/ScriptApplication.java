package io.tipring.edge.script;

import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.api.script.CallScript;
import io.tipring.core.call.Application;
import io.tipring.core.call.Attendant;
import io.tipring.core.call.CallLine;
import java.util.function.Supplier;

/// An application that runs a script for each call.
public final class ScriptApplication implements Application {
  private final Supplier<CallScript> script;
  private final Scripts scripts;

  /// @param script makes one for a new call, on its thread
  public ScriptApplication(Supplier<CallScript> script, Scripts scripts) {
    this.script = script;
    this.scripts = scripts;
  }

  @Override
  public Attendant attend(CallLine line, CallSnapshot snapshot, Cursor at, StartReason reason) {
    return scripts.begin(script, line, snapshot, at);
  }
}
