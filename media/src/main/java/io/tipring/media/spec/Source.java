package io.tipring.media.spec;

/// Something that can be played to a leg. What cannot be played cannot be made: the constructors
/// throw [IllegalArgumentException], so whoever takes values from outside checks them first.
public sealed interface Source {
  /// One continuous sine; it has no end of its own, so it plays until it is stopped.
  ///
  /// @param hertz 1..3999
  /// @param level dBm0, 0 is full scale minus 3.14 dB; -10 is a good test level
  record Tone(int hertz, int level) implements Source {
    public Tone {
      if (hertz < 1 || hertz > 3999) {
        throw new IllegalArgumentException("a tone has 1 to 3999 Hz, not " + hertz);
      }
    }
  }

  /// A call-progress tone with its country's cadence. Played once it is one round of the cadence,
  /// such as one ring and its pause; a continuous one, as most dial tones are, plays until it is
  /// stopped.
  ///
  /// @param country ISO 3166 alpha-2, `""` for the default table
  record Progress(Signal signal, String country) implements Source {
    public enum Signal {
      DIAL,
      RINGBACK,
      BUSY,
      CONGESTION
    }
  }

  /// Keys as sound, whatever was negotiated for [MediaCommand.SendDigits].
  ///
  /// @param digits of `0-9*#A-D`
  /// @param toneMillis how long each sounds, 40..8000
  /// @param gapMillis the silence after each, 0..8000
  record Keys(String digits, int toneMillis, int gapMillis) implements Source {
    public Keys {
      if (!digits.chars().allMatch(key -> "0123456789*#ABCD".indexOf(key) >= 0)) {
        throw new IllegalArgumentException("keys are of 0-9*#A-D, not " + digits);
      }
      if (toneMillis < 40 || toneMillis > 8000 || gapMillis < 0 || gapMillis > 8000) {
        throw new IllegalArgumentException(
            "a key sounds 40 to 8000 ms, with 0 to 8000 ms after it, not "
                + toneMillis
                + " and "
                + gapMillis);
      }
    }
  }

  /// Sound already in memory.
  ///
  /// @param name for logs and traces only
  /// @param from the first sample to be played, 0 or more; a loop begins there again. Beyond the
  ///   end nothing is left to play
  record Clip(String name, Pcm pcm, int from) implements Source {
    public Clip {
      if (from < 0) {
        throw new IllegalArgumentException("a clip begins at its sample 0 or later, not " + from);
      }
    }

    public Clip(String name, Pcm pcm) {
      this(name, pcm, 0);
    }
  }

  /// Nothing to hear.
  ///
  /// @param millis 0..600,000
  record Silence(int millis) implements Source {
    public Silence {
      if (millis < 0 || millis > 600_000) {
        throw new IllegalArgumentException("a silence lasts 0 to 600,000 ms, not " + millis);
      }
    }
  }
}
