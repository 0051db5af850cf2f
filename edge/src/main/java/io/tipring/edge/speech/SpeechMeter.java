package io.tipring.edge.speech;

/// What became of texts that an engine was asked to speak.
public enum SpeechMeter {
  RENDERED,

  /// The engine refused or broke, or too many texts waited.
  FAILED,

  /// Nothing came within the deadline.
  TIMED_OUT
}
