package io.tipring.media.worker;

/// One leg's sound. Owned by one worker at any moment.
public final class Pipeline {
  private final String leg;

  Pipeline(String leg) {
    this.leg = leg;
  }

  /// Text of the leg's id.
  public String leg() {
    return leg;
  }
}
