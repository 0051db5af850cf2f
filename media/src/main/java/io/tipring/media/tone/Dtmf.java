package io.tipring.media.tone;

/// The sixteen keys and their pairs of frequencies (ITU-T Q.23).
///
/// ```
///          1209 1336 1477 1633 Hz
///   697 Hz   1    2    3    A
///   770 Hz   4    5    6    B
///   852 Hz   7    8    9    C
///   941 Hz   *    0    #    D
/// ```
public final class Dtmf {
  static final double[] ROWS = {697, 770, 852, 941};
  static final double[] COLUMNS = {1209, 1336, 1477, 1633};
  static final String KEYS = "123A456B789C*0#D";

  private Dtmf() {}

  /// Whether there is such a key; lower case counts.
  public static boolean isKey(char key) {
    return indexOf(key) >= 0;
  }

  static int indexOf(char key) {
    return KEYS.indexOf(key >= 'a' && key <= 'd' ? (char) (key - 'a' + 'A') : key);
  }
}
