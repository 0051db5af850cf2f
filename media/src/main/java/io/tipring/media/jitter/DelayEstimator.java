package io.tipring.media.jitter;

import java.util.Arrays;

/// Learns how late packets come, and says how much delay would let (nearly) all of them be in time.
///
/// A packet's *transit* is our clock at its arrival minus its timestamp. Only differences mean
/// anything, so each is compared with the least one of the last seconds: that packet met an empty
/// road. A window, not all time, because two clocks never agree: at 200 ppm the least transit moves
/// by 1.6 samples a second.
final class DelayEstimator {
  /// 10 ms at 8 kHz.
  static final int STEP = 80;

  private static final int STEPS = 48;
  private static final double QUANTILE = 0.99;

  /// How much one packet weighs less than the next: half is forgotten after 350 packets, 7 s.
  private static final double FORGETTING = 0.998;

  private static final double RENORMALISE_ABOVE = 1e9;
  private static final int WINDOW_PACKETS = 250;

  private final double[] histogram = new double[STEPS];
  private double total;
  private double weight;
  private long leastBefore;
  private long leastNow;
  private int inWindow;
  private int target;

  /// @param expected the delay to begin with, in samples, until packets tell better
  DelayEstimator(int expected) {
    reset(expected);
  }

  void reset(int expected) {
    Arrays.fill(histogram, 0);
    weight = 1;
    total = 2;
    histogram[expected / STEP] = total;
    leastBefore = Long.MAX_VALUE;
    leastNow = Long.MAX_VALUE;
    inWindow = 0;
    target = expected;
  }

  boolean knowsTransit() {
    return leastNow != Long.MAX_VALUE || leastBefore != Long.MAX_VALUE;
  }

  /// The least transit of the window.
  long leastTransit() {
    return Math.min(leastBefore, leastNow);
  }

  void arrived(long transit) {
    if (++inWindow > WINDOW_PACKETS) {
      inWindow = 1;
      leastBefore = leastNow;
      leastNow = Long.MAX_VALUE;
    }
    leastNow = Math.min(leastNow, transit);
    long late = transit - leastTransit();
    int step = (int) Math.min((late + STEP - 1) / STEP, STEPS - 1);
    weight /= FORGETTING;
    histogram[step] += weight;
    total += weight;
    if (weight > RENORMALISE_ABOVE) {
      renormalise();
    }
    target = quantile();
  }

  /// The delay to aim for, in samples.
  int target() {
    return target;
  }

  private int quantile() {
    double missing = total * (1 - QUANTILE);
    int step = STEPS - 1;
    double above = histogram[step];
    while (step > 0 && above <= missing) {
      step--;
      above += histogram[step];
    }
    return step * STEP;
  }

  private void renormalise() {
    total = 0;
    for (int i = 0; i < STEPS; i++) {
      histogram[i] /= weight;
      total += histogram[i];
    }
    weight = 1;
  }
}
