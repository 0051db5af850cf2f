package io.tipring.edge.speech;

/// An engine could not speak. The message says why and what to do, and may be shown to the
/// application.
public final class SpeechException extends Exception {
  private static final long serialVersionUID = 1;

  public SpeechException(String message) {
    super(message);
  }

  public SpeechException(String message, Throwable cause) {
    super(message, cause);
  }
}
