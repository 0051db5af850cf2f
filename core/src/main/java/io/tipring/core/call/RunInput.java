package io.tipring.core.call;

import io.tipring.api.Event.CancelReason;
import io.tipring.media.spec.MediaEvent.Ending;

/// What an operation in progress can be told.
sealed interface RunInput {
  /// About its leg.
  sealed interface OfLeg extends RunInput {}

  /// The leg was confirmed by its caller.
  record LegAnswered() implements OfLeg {}

  /// The leg is over; there is no later input about it.
  record LegEnded() implements OfLeg {}

  /// About what the caller hears of it.
  sealed interface OfVoice extends RunInput {}

  /// Nobody is before it in the voice queue any more. Told once.
  record MaySound() implements OfVoice {}

  /// Sound that was asked for by [Effect.Prepare].
  record Prepared(int piece, Preparation answer) implements OfVoice {}

  /// The media plane is through with a command of this operation; see [Ref].
  record Finished(int number, Ending ending, int playedMillis) implements OfVoice {}

  /// It may not be heard any longer, nor later.
  record Hush(CancelReason reason) implements OfVoice {}

  /// About keys of the caller.
  sealed interface OfEar extends RunInput {}

  /// Nobody is before it in the ear queue any more. Told once.
  ///
  /// @param typedAhead the caller has pressed keys already; they follow
  /// @param sensitive they may be secret, whatever the gather says
  record MayListen(boolean typedAhead, boolean sensitive) implements OfEar {}

  /// A key is down.
  record KeyBegan() implements OfEar {}

  /// A key was pressed, whether or not it was told that it went down.
  record Key(char key) implements OfEar {}

  /// The deadline that it named has passed.
  record Deadline() implements RunInput {}

  /// It is taken back.
  record Stop(CancelReason reason) implements RunInput {}
}
