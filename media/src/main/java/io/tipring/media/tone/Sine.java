package io.tipring.media.tone;

/// One sine, for ever.
public final class Sine implements Sound {
  private final Oscillator oscillator;

  public Sine(double hertz, double dBm0) {
    oscillator = new Oscillator(hertz, dBm0);
  }

  @Override
  public int add(int[] frame, int from, int count) {
    oscillator.add(frame, from, count);
    return count;
  }

  @Override
  public void rewind() {
    oscillator.reset();
  }
}
