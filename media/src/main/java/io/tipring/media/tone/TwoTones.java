package io.tipring.media.tone;

import java.util.Arrays;

/// The two sines of known frequency that come nearest to a stretch of sound, by least squares.
/// Filters alone would not do: over 13 ms each tone spills up to a tenth of its height into the
/// other's filter.
final class TwoTones {
  private static final int UNKNOWNS = 4;

  private final double[] wave = new double[UNKNOWNS];
  private final double[] step = new double[UNKNOWNS];
  private final double[][] equations = new double[UNKNOWNS][UNKNOWNS + 1];
  private final double[] right = new double[UNKNOWNS];
  private final double[] amplitude = new double[UNKNOWNS];

  /// What of the energy is neither tone, 0..1.
  private double rest;

  void fit(int[] samples, int count, double firstHertz, double secondHertz) {
    double total = accumulate(samples, count, firstHertz, secondHertz);
    for (int i = 0; i < UNKNOWNS; i++) {
      right[i] = equations[i][UNKNOWNS];
    }
    solve();
    double explained = 0;
    for (int i = 0; i < UNKNOWNS; i++) {
      explained += amplitude[i] * right[i];
    }
    rest = 1 - explained / total;
  }

  /// Squared peak of the first tone, and of the second.
  double first() {
    return amplitude[0] * amplitude[0] + amplitude[1] * amplitude[1];
  }

  double second() {
    return amplitude[2] * amplitude[2] + amplitude[3] * amplitude[3];
  }

  double rest() {
    return rest;
  }

  /// Fills the normal equations; returns the energy of the samples.
  private double accumulate(int[] samples, int count, double firstHertz, double secondHertz) {
    for (double[] row : equations) {
      Arrays.fill(row, 0);
    }
    turn(0, firstHertz);
    turn(2, secondHertz);
    double total = 1e-9;
    for (int n = 0; n < count; n++) {
      double sample = samples[n];
      total += sample * sample;
      for (int i = 0; i < UNKNOWNS; i++) {
        for (int j = 0; j < UNKNOWNS; j++) {
          equations[i][j] += wave[i] * wave[j];
        }
        equations[i][UNKNOWNS] += wave[i] * sample;
      }
      advance(0);
      advance(2);
    }
    return total;
  }

  private void turn(int at, double hertz) {
    double angle = 2 * StrictMath.PI * hertz / 8000;
    wave[at] = 1;
    wave[at + 1] = 0;
    step[at] = StrictMath.cos(angle);
    step[at + 1] = StrictMath.sin(angle);
  }

  private void advance(int at) {
    double cosine = wave[at] * step[at] - wave[at + 1] * step[at + 1];
    wave[at + 1] = wave[at] * step[at + 1] + wave[at + 1] * step[at];
    wave[at] = cosine;
  }

  /// Gauss; the matrix is symmetric and well off singular, so no pivot is sought.
  private void solve() {
    for (int k = 0; k < UNKNOWNS; k++) {
      for (int i = k + 1; i < UNKNOWNS; i++) {
        double factor = equations[i][k] / equations[k][k];
        for (int j = k; j <= UNKNOWNS; j++) {
          equations[i][j] -= factor * equations[k][j];
        }
      }
    }
    for (int i = UNKNOWNS - 1; i >= 0; i--) {
      double sum = equations[i][UNKNOWNS];
      for (int j = i + 1; j < UNKNOWNS; j++) {
        sum -= equations[i][j] * amplitude[j];
      }
      amplitude[i] = sum / equations[i][i];
    }
  }
}
