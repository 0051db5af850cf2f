package io.tipring.api;

import java.time.Duration;

/// What an operation that succeeded came to.
public sealed interface Outcome {
  /// It is done, and there is nothing more to say.
  record Done() implements Outcome {}

  /// Sound was played.
  ///
  /// @param played how much of it was sent to the caller, in media time
  record Played(Duration played) implements Outcome {}

  /// Keys were gathered, perhaps none: `reason` tells why no more are awaited.
  ///
  /// @param digits without the key that finished them; `***` for everybody but the application when
  ///   `sensitive`
  record Gathered(IvrId ivr, String digits, GatherEnd reason, boolean sensitive)
      implements Outcome {}

  /// As everybody but the application may see it.
  default Outcome masked() {
    return switch (this) {
      case Done _, Played _ -> this;
      case Gathered(IvrId ivr, _, GatherEnd reason, boolean sensitive) when sensitive ->
          new Gathered(ivr, Event.MASK, reason, true);
      case Gathered _ -> this;
    };
  }
}
