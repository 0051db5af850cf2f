package io.tipring.edge.speech;

import io.tipring.media.clip.Waveform;

/// A speech engine. Any thread; several at a time.
@FunctionalInterface
public interface SpeechSynthesizer {
  /// Speaks `text`, at whatever rate and level the engine has. Blocks as long as that takes; ends
  /// early when the thread is interrupted, if the engine can.
  ///
  /// @param text not blank, without control characters
  Waveform render(String text, Voice voice) throws SpeechException, InterruptedException;

  /// How to speak.
  ///
  /// @param name of one of the engine's voices; `""` for its own choice
  /// @param language BCP 47 tag such as `en-US`; `""` for the voice's own
  record Voice(String name, String language) {}

  /// Speaks nothing.
  SpeechSynthesizer NONE =
      (_, _) -> {
        throw new SpeechException("there is no speech here; set speech.engine");
      };
}
