package io.tipring.media.spec;

/// A stretch of sound in memory that never changes: mono PCM16 at 8 kHz, one sample an `int`.
public final class Pcm {
  private final int[] samples;

  private Pcm(int[] samples) {
    this.samples = samples;
  }

  /// Copies `length` samples of `source`.
  public static Pcm copyOf(int[] source, int length) {
    int[] copy = new int[length];
    System.arraycopy(source, 0, copy, 0, length);
    return new Pcm(copy);
  }

  /// In samples; 8 are a millisecond.
  public int length() {
    return samples.length;
  }

  /// Copies what there is from `from` on into `frame`, at most `count` samples; returns how many.
  public int read(int from, int[] frame, int offset, int count) {
    int n = Math.clamp(samples.length - (long) from, 0, count);
    if (n > 0) {
      System.arraycopy(samples, from, frame, offset, n);
    }
    return n;
  }
}
