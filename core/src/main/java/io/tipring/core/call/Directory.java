package io.tipring.core.call;

import io.tipring.core.call.LegEvent.LegOffered;
import java.util.Optional;
import java.util.function.Function;

/// Who answers what. Answers from memory, in the turn.
public interface Directory {
  /// Empty when nothing is configured for what was dialled: the caller hears 404.
  Optional<Application> find(LegOffered offered);

  /// The application of that name in the configuration.
  Optional<Application> named(String application);

  /// One in which what is dialled is the application's name.
  static Directory byName(Function<String, Optional<Application>> named) {
    return new Directory() {
      @Override
      public Optional<Application> find(LegOffered offered) {
        return named(offered.user());
      }

      @Override
      public Optional<Application> named(String application) {
        return named.apply(application);
      }
    };
  }
}
