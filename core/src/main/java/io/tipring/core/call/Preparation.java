package io.tipring.core.call;

import io.tipring.api.Event.Refusal;
import io.tipring.media.spec.Pcm;

/// What became of a [SoundRequest].
public sealed interface Preparation {
  record Ready(Pcm pcm) implements Preparation {}

  /// @param hint what to do about it
  record Unavailable(Refusal refusal, String hint) implements Preparation {}
}
