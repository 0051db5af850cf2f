package io.tipring.testkit.sound;

/// Hears keys in sound, by blocks of 13 ms: a key counts when two blocks in a row agree on it, and
/// again only after a block without it. Written apart from the one in `media`, so that one error
/// cannot excuse the other.
final class DtmfListener {
  private static final double[] ROWS = {697, 770, 852, 941};
  private static final double[] COLUMNS = {1209, 1336, 1477, 1633};
  private static final String KEYS = "123A456B789C*0#D";
  private static final int BLOCK = 104;
  private static final char NONE = ' ';

  /// Weakest tone that counts: -36 dB of full scale.
  private static final double WEAKEST = 0.00025;

  /// Both tones together carry at least this share of all power.
  private static final double SHARE = 0.7;

  /// The louder tone has at most this many times the power of the other (Q.24: 8 dB).
  private static final double TWIST = 6.3;

  String listen(int[] samples, int from, int to) {
    StringBuilder keys = new StringBuilder();
    char last = NONE;
    char reported = NONE;
    for (int at = from; at + BLOCK <= to; at += BLOCK) {
      char key = key(samples, at, at + BLOCK);
      if (key == NONE) {
        // A block on the edge between tone and silence may miss; only two in a row end the key.
        if (last == NONE) {
          reported = NONE;
        }
      } else if (key == last && key != reported) {
        keys.append(key);
        reported = key;
      }
      last = key;
    }
    return keys.toString();
  }

  private static char key(int[] samples, int from, int to) {
    int row = loudest(samples, from, to, ROWS);
    int column = loudest(samples, from, to, COLUMNS);
    double rowPower = ToneProbe.goertzel(samples, from, to, ROWS[row], false);
    double columnPower = ToneProbe.goertzel(samples, from, to, COLUMNS[column], false);
    double louder = Math.max(rowPower, columnPower);
    double quieter = Math.min(rowPower, columnPower);
    boolean heard =
        quieter > WEAKEST
            && louder < quieter * TWIST
            && rowPower + columnPower > SHARE * ToneProbe.power(samples, from, to);
    return heard ? KEYS.charAt(row * COLUMNS.length + column) : NONE;
  }

  private static int loudest(int[] samples, int from, int to, double[] frequencies) {
    int best = 0;
    double bestPower = -1;
    for (int i = 0; i < frequencies.length; i++) {
      double power = ToneProbe.goertzel(samples, from, to, frequencies[i], false);
      if (power > bestPower) {
        best = i;
        bestPower = power;
      }
    }
    return best;
  }
}
