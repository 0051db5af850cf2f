package io.tipring.core.call;

import io.tipring.api.Event;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.media.spec.MediaCommand;

/// What one turn of a call asks for; carried out in order after the turn has returned
/// (docs/adr/0002).
sealed interface Effect {
  /// Tell a leg.
  record Signal(LegCommand command) implements Effect {}

  /// Tell the media plane.
  record Sound(MediaCommand command) implements Effect {}

  /// Number the event, write it down, tell the application.
  record Announce(Event event) implements Effect {}

  /// Have sound made ready; the answer is a [CallInput.Prepared].
  ///
  /// @param piece which of the operation's sounds
  record Prepare(RunId run, int piece, SoundRequest request) implements Effect {}

  /// Seat another application. What was announced before is still the old one's to hear.
  record HandOver(String application, StartReason reason) implements Effect {}

  /// Nothing is left of the call but its id.
  record Forget() implements Effect {}
}
