package io.tipring.media.spec;

/// Something that can be played to a leg.
public sealed interface Source {
  /// One continuous sine.
  ///
  /// @param hertz 1..3999
  /// @param level dBm0, 0 is full scale minus 3.14 dB; -10 is a good test level
  record Tone(int hertz, int level) implements Source {}

  /// A call-progress tone with its country's cadence (`ringback`, `busy`, `congestion`).
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
  record Keys(String digits, int toneMillis, int gapMillis) implements Source {}

  /// Sound already in memory.
  ///
  /// @param name for logs and traces only
  record Clip(String name, Pcm pcm) implements Source {}
}
