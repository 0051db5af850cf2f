package io.tipring.core.call;

import io.tipring.api.CallApp;
import io.tipring.core.call.LegEvent.LegOffered;
import java.util.Optional;

/// Who answers what: finds the application for a caller, a fresh instance per call. Answers from
/// memory, in the turn.
@FunctionalInterface
public interface Directory {
  /// Empty when nothing is configured under that name: the caller hears 404.
  Optional<CallApp> find(LegOffered offered);
}
