package io.tipring.core.call;

import java.net.URI;
import java.util.Optional;

/// Sound that must be made, read or fetched before it can be played.
public sealed interface SoundRequest {
  /// @param voice empty means the configured one
  /// @param language BCP 47; empty means the configured one
  record Speech(String text, Optional<String> voice, Optional<String> language)
      implements SoundRequest {}

  /// A WAV file under the sounds folder.
  record File(String name) implements SoundRequest {}

  /// @param uri `http` or `https`
  record Web(URI uri) implements SoundRequest {}
}
