package io.tipring.media.clip;

/// A WAV file that cannot be used, and why.
public final class WavException extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong, for code that treats cases apart.
  public enum Problem {
    /// It is no WAV at all.
    NOT_WAV,
    /// It ends before what it announces.
    TRUNCATED,
    /// It contradicts itself.
    BROKEN,
    /// It is sound, but of a kind that is not decoded here.
    UNSUPPORTED,
    /// It is longer than allowed.
    TOO_LARGE
  }

  private final Problem problem;

  public WavException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
