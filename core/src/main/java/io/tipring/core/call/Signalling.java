package io.tipring.core.call;

/// Where legs live: tells a leg by id what to do, and forgets. Called on the lane.
@FunctionalInterface
public interface Signalling {
  void tell(LegCommand command);
}
