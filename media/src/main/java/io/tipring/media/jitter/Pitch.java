package io.tipring.media.jitter;

/// Finds after how many samples sound repeats itself.
final class Pitch {
  private Pitch() {}

  /// The lag in `shortest..longest` at which the `window` samples that end before `end` look most
  /// like what lies a lag earlier. Reads `samples[end - window - longest .. end)`.
  static int lag(int[] samples, int end, int window, int shortest, int longest) {
    int best = longest;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int lag = shortest; lag <= longest; lag++) {
      double score = likeness(samples, end - window, end - window - lag, window);
      if (score > bestScore) {
        bestScore = score;
        best = lag;
      }
    }
    return best;
  }

  /// How much two stretches look alike, 1 for the same shape; loudness counts half: a shape that is
  /// there but much louder is no repetition.
  static double likeness(int[] samples, int one, int other, int count) {
    double product = 0;
    double energyOne = 1;
    double energyOther = 1;
    for (int i = 0; i < count; i++) {
      double a = samples[one + i];
      double b = samples[other + i];
      product += a * b;
      energyOne += a * a;
      energyOther += b * b;
    }
    return product / Math.sqrt(energyOne * energyOther);
  }
}
