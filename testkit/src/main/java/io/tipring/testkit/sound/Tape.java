package io.tipring.testkit.sound;

import java.util.Arrays;

/// What was heard, from a given moment on: mono PCM16 at 8 kHz. Bounded; of a longer sound it keeps
/// the end.
public final class Tape {
  private static final int FIRST_SECONDS = 4;

  private final int limit;
  private int[] samples;
  private int length;
  private long dropped;

  /// @param seconds the longest sound that is kept
  public Tape(int seconds) {
    limit = Math.multiplyExact(seconds, ToneProbe.SAMPLES_PER_SECOND);
    samples = new int[Math.min(limit, FIRST_SECONDS * ToneProbe.SAMPLES_PER_SECOND)];
  }

  public void add(int[] frame) {
    if (length + frame.length > samples.length) {
      makeRoom();
    }
    System.arraycopy(frame, 0, samples, length, frame.length);
    length += frame.length;
  }

  private void makeRoom() {
    if (samples.length < limit) {
      samples = Arrays.copyOf(samples, Math.min(limit, samples.length * 2));
    } else {
      int half = length / 2;
      System.arraycopy(samples, half, samples, 0, length - half);
      length -= half;
      dropped += half;
    }
  }

  /// Everything kept.
  public ToneProbe all() {
    return ToneProbe.of(samples());
  }

  /// The newest `millis` of it, less when there is less.
  public ToneProbe last(int millis) {
    return ToneProbe.of(Arrays.copyOfRange(samples, Math.max(0, length - millis * 8), length));
  }

  /// What came after the moment that [#now] named.
  public ToneProbe since(long moment) {
    return ToneProbe.of(
        Arrays.copyOfRange(samples, Math.clamp(moment - dropped, 0, length), length));
  }

  /// Names this moment, in samples heard so far.
  public long now() {
    return dropped + length;
  }

  public int[] samples() {
    return Arrays.copyOf(samples, length);
  }
}
