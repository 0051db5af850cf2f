package io.tipring.api.script;

/// One call, one blocking function, on a virtual thread of its own. When it returns, the call is
/// hung up; when its caller hangs up, what it asks of the [Call] throws [CallEnded], also what it
/// waits for already, and `finally` blocks run.
///
/// A script may wait only in the [Call]: then the very same script runs in a World, where time is
/// virtual and the same seed does the same. It takes the time and chance from [Call#clock] and
/// [Call#random], and reaches web servers by [Call#http]. Where it waits elsewhere (a lock, a
/// database), it is interrupted when its call has ended.
@FunctionalInterface
public interface CallScript {
  /// @throws Exception ends the call as a fault of the application
  void run(Call call) throws Exception;
}
