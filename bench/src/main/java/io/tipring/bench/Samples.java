package io.tipring.bench;

import java.util.Arrays;

/// Figures of one kind, of which percentiles are wanted.
final class Samples {
  private double[] values = new double[1024];
  private int count;

  void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  int count() {
    return count;
  }

  /// @param share 0.5 for the median, 1 for the greatest; of none: 0
  double at(double share) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return count == 0 ? 0 : sorted[(int) Math.min(count - 1L, (long) (share * count))];
  }
}
