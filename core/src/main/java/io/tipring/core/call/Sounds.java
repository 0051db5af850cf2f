package io.tipring.core.call;

import io.tipring.media.spec.Pcm;
import java.util.Optional;

/// Sound files by name, already decoded in memory.
@FunctionalInterface
public interface Sounds {
  Optional<Pcm> find(String name);

  Sounds NONE = _ -> Optional.empty();
}
