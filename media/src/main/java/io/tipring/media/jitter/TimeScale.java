package io.tipring.media.jitter;

/// Shortens or lengthens sound by one period of its pitch, so that the delay can change without a
/// click and without a change of pitch.
final class TimeScale {
  /// Shorter than a frame, clocks that drift would have us busy all the time.
  private static final int TOO_LONG = 160;

  private static final int TOO_SHORT = -40;
  private static final int FAR_OFF = 640;

  private static final int SHORTEST_PERIOD = 40;
  private static final int LONGEST_PERIOD = 120;

  /// Below it a cut would be heard.
  private static final double ALIKE = 0.8;

  /// Root mean square under which nobody hears a cut: about -56 dBm0.
  private static final double QUIET = 64;

  /// Packets to leave alone after a change.
  private static final int REST = 4;

  /// Packets to leave alone after one came late, 10 s: another may follow, and would have to be
  /// waited for again.
  private static final int CAUTION = 500;

  private int resting;
  private boolean shortening;

  /// Sound had to wait for a packet: the delay that it left is kept for a while.
  void waited() {
    resting = CAUTION;
  }

  /// Changes `count` samples that begin at `from`, when there is reason to.
  ///
  /// @param excess how many samples of delay are too many, negative for too few
  /// @return how many samples there are now; at most 120 more than before
  int adjust(int[] samples, int from, int count, int excess) {
    boolean far = Math.abs(excess) > FAR_OFF;
    if (resting > 0 && !far) {
      resting--;
      return count;
    }
    // Once begun, shortening goes on until less than a period is left over, so it does not start
    // again at once.
    boolean tooLong = excess >= (shortening ? SHORTEST_PERIOD : TOO_LONG);
    shortening = tooLong;
    int longest = Math.min(Math.min(LONGEST_PERIOD, count / 2), tooLong ? excess : LONGEST_PERIOD);
    if (longest < SHORTEST_PERIOD || (!tooLong && excess > TOO_SHORT)) {
      return count;
    }
    int period = period(samples, from, count, longest);
    if (!far && !fits(samples, from, period)) {
      return count;
    }
    resting = REST;
    return tooLong ? shorten(samples, from, count, period) : lengthen(samples, from, count, period);
  }

  private static int period(int[] samples, int from, int count, int longest) {
    int window = count - longest;
    int best = longest;
    double bestScore = 0;
    for (int lag = SHORTEST_PERIOD; lag <= longest; lag++) {
      double score = Pitch.likeness(samples, from, from + lag, window);
      if (score > bestScore) {
        bestScore = score;
        best = lag;
      }
    }
    return best;
  }

  private static boolean fits(int[] samples, int from, int period) {
    return Pitch.likeness(samples, from, from + period, period) > ALIKE
        || rms(samples, from, 2 * period) < QUIET;
  }

  private static double rms(int[] samples, int from, int count) {
    double energy = 0;
    for (int i = from; i < from + count; i++) {
      energy += (double) samples[i] * samples[i];
    }
    return Math.sqrt(energy / count);
  }

  /// Two periods become one: the first leads over into the second.
  private static int shorten(int[] samples, int from, int count, int period) {
    for (int i = 0; i < period; i++) {
      int first = samples[from + i];
      int second = samples[from + period + i];
      samples[from + i] = first + (second - first) * (i + 1) / (period + 1);
    }
    int rest = from + 2 * period;
    System.arraycopy(samples, rest, samples, from + period, count - 2 * period);
    return count - period;
  }

  /// Two periods become three: between them one that leads from the second back over into the
  /// first.
  private static int lengthen(int[] samples, int from, int count, int period) {
    System.arraycopy(samples, from + period, samples, from + 2 * period, count - period);
    for (int i = 0; i < period; i++) {
      int first = samples[from + i];
      int second = samples[from + 2 * period + i];
      samples[from + period + i] = second + (first - second) * (i + 1) / (period + 1);
    }
    return count + period;
  }
}
