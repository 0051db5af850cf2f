package io.tipring.media.tone;

/// Nothing to hear, for so long.
public final class Silence implements Sound {
  private static final int SAMPLES_PER_MILLI = 8;

  private final int samples;
  private int left;

  public Silence(int millis) {
    samples = millis * SAMPLES_PER_MILLI;
    left = samples;
  }

  @Override
  public int add(int[] frame, int from, int count) {
    int n = Math.min(left, count);
    left -= n;
    return n;
  }

  @Override
  public void rewind() {
    left = samples;
  }
}
