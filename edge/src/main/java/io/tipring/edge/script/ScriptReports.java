package io.tipring.edge.script;

import io.tipring.api.CallId;

/// Where faults of scripts are told. Any thread.
@FunctionalInterface
public interface ScriptReports {
  /// @param what in words
  /// @param where what was thrown; or a throwable that has the stack of the script
  void report(CallId call, String what, Throwable where);
}
