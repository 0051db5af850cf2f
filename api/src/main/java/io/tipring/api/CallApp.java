package io.tipring.api;

import java.util.List;

/// An application inside the process, one instance per call: told what happened, it says what to do
/// next.
///
/// Called on the exchange lane, so it must neither block nor keep anybody waiting. Its operations'
/// own events come back to it like all others.
@FunctionalInterface
public interface CallApp {
  List<Operation> on(Event event);
}
