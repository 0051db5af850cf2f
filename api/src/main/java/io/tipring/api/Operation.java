package io.tipring.api;

import java.util.Optional;

/// What an application asks, in the imperative. It is accepted or refused at once, may progress,
/// and ends exactly once: succeeded, failed or cancelled. On the wire `HangUp` is `hang_up`.
public sealed interface Operation {
  /// The leg it addresses; empty means the call's first leg.
  Optional<LegId> leg();

  /// Tell the caller that the phone rings (180).
  record Ring(Optional<LegId> leg) implements Operation {
    public Ring() {
      this(Optional.empty());
    }
  }

  /// Pick up. Succeeds when the caller has confirmed it.
  record Answer(Optional<LegId> leg) implements Operation {
    public Answer() {
      this(Optional.empty());
    }
  }

  /// Refuse a call that is not answered yet.
  ///
  /// @param status SIP status 400..699
  record Reject(Optional<LegId> leg, int status) implements Operation {
    public Reject(int status) {
      this(Optional.empty(), status);
    }
  }

  /// Play sound. Plays queue behind each other on one leg.
  ///
  /// @param sound what to play
  /// @param loop start again until cancelled or the call ends
  record Play(Optional<LegId> leg, Sound sound, boolean loop) implements Operation {
    public Play(Sound sound, boolean loop) {
      this(Optional.empty(), sound, loop);
    }
  }

  /// Send the leg's own sound back to it until cancelled.
  record Echo(Optional<LegId> leg) implements Operation {
    public Echo() {
      this(Optional.empty());
    }
  }

  /// Press keys towards the other side.
  ///
  /// @param digits of `0-9*#A-D`; `,` pauses half a second
  record SendDigits(Optional<LegId> leg, String digits) implements Operation {
    public SendDigits(String digits) {
      this(Optional.empty(), digits);
    }
  }

  /// End the leg: BYE, or 603 when it was not answered.
  record HangUp(Optional<LegId> leg) implements Operation {
    public HangUp() {
      this(Optional.empty());
    }
  }

  /// Sound that can be named without a file.
  sealed interface Sound {
    /// @param hertz 1..3999
    record Tone(int hertz) implements Sound {}

    /// Call-progress tone of a country (ISO 3166 alpha-2, `""` the default).
    record Progress(String signal, String country) implements Sound {}

    /// The tones of keys, to be heard by a person. A machine is better told by [SendDigits].
    ///
    /// @param digits of `0-9*#A-D`
    record Keys(String digits) implements Sound {}

    /// A WAV file under the configured sounds folder.
    record File(String name) implements Sound {}
  }
}
