package io.tipring.api;

import java.time.Duration;
import java.util.Optional;

/// A piece of what a [Operation.Gather] lets the caller hear before it waits for keys.
public sealed interface Prompt {
  /// Text that is spoken.
  ///
  /// @param text at most 3,000 characters
  /// @param voice a voice of the speech engine; empty means the configured one
  /// @param language BCP 47 tag such as `en-US`; empty means the configured one
  record Speech(String text, Optional<String> voice, Optional<String> language) implements Prompt {
    public Speech(String text) {
      this(text, Optional.empty(), Optional.empty());
    }
  }

  /// Sound that is played; see [Operation.Play] for what a URL may be.
  record Sound(String url) implements Prompt {}

  /// Nothing to hear for a while.
  ///
  /// @param duration at most one minute
  record Silence(Duration duration) implements Prompt {}
}
