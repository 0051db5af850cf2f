package io.tipring.media.tone;

/// One block of sound, 12.75 ms, and the key that may be in it. Filled again and again; allocates
/// nothing.
final class DtmfBlock {
  static final int SAMPLES = 102;
  static final int NO_KEY = -1;

  private static final double TURN = 2 * StrictMath.PI;
  private static final double SAMPLE_HZ = 8000;

  /// Each tone at least: -32 dBm0. Q.24 wants keys down to about -29.
  private static final double QUIETEST = Level.peak(-32);

  /// The column may be so much louder than the row, and the row than the column: 9 dB and 6 dB, a
  /// little beyond what Q.24 asks for.
  private static final double TWIST = 7.94;

  private static final double REVERSE_TWIST = 3.98;

  /// A tone stands out from the others of its group by 8 dB.
  private static final double STAND_OUT = 6.3;

  /// Share of the block's energy that the filters find in the two tones: a whole, pure key has 0.7
  /// at least, when it is 1.5 % off and the two disturb each other.
  private static final double SHARE = 0.6;

  /// From one whole block of a key to the next its tones change by less than 1.5 dB.
  private static final double STEADY = 1.41;

  private static final double[] FREQUENCIES = new double[8];
  private static final double[] COSINES = new double[8];
  private static final double[] SINES = new double[8];

  static {
    for (int i = 0; i < 8; i++) {
      FREQUENCIES[i] = i < 4 ? Dtmf.ROWS[i] : Dtmf.COLUMNS[i - 4];
      COSINES[i] = StrictMath.cos(TURN * FREQUENCIES[i] / SAMPLE_HZ);
      SINES[i] = StrictMath.sin(TURN * FREQUENCIES[i] / SAMPLE_HZ);
    }
  }

  private final int[] samples = new int[SAMPLES];
  private int filled;

  private double total;
  private final TwoTones tones = new TwoTones();
  private final double[] real = new double[8];
  private final double[] imaginary = new double[8];
  private final double[] energy = new double[8];
  private int row;
  private int column;
  private int key = NO_KEY;

  /// Takes what still fits of `count` samples; returns how many.
  int fill(int[] source, int from, int count) {
    int n = Math.min(SAMPLES - filled, count);
    System.arraycopy(source, from, samples, filled, n);
    filled += n;
    return n;
  }

  boolean isFull() {
    return filled == SAMPLES;
  }

  void clear() {
    filled = 0;
    key = NO_KEY;
  }

  /// The key, 0..15, that this block alone could be of; [#NO_KEY] for none. Only when full.
  int look() {
    key = NO_KEY;
    total = 0;
    for (int sample : samples) {
      total += (double) sample * sample;
    }
    // The energy of two sines of the least level: peak squared over two, each.
    if (total < SAMPLES * QUIETEST * QUIETEST) {
      return NO_KEY;
    }
    for (int i = 0; i < 8; i++) {
      filter(i);
    }
    row = loudest(0);
    column = loudest(4);
    double least = QUIETEST * QUIETEST * SAMPLES * SAMPLES / 4 * SHARE;
    if (energy[row] > least
        && energy[column] > least
        && energy[column] < energy[row] * 2 * TWIST
        && energy[row] < energy[column] * 2 * REVERSE_TWIST
        && standsOut(row, 0)
        && standsOut(column, 4)
        && 2 * (energy[row] + energy[column]) > SHARE * SAMPLES * total) {
      key = row * 4 + column - 4;
    }
    return key;
  }

  /// Whether this block goes on with the very tones of the one before. From block to block the
  /// phase of a tone tells its frequency to a hertz or two: the tones must be where they belong, as
  /// loud as before, and nearly all that there is. Speech is hardly ever all three.
  boolean continues(DtmfBlock before, double mostOff, double mostRest) {
    if (key == NO_KEY || before.key != key) {
      return false;
    }
    double rowOff = hertzOff(before, row);
    double columnOff = hertzOff(before, column);
    if (Math.abs(rowOff) > FREQUENCIES[row] * mostOff
        || Math.abs(columnOff) > FREQUENCIES[column] * mostOff) {
      return false;
    }
    tones.fit(samples, SAMPLES, FREQUENCIES[row] + rowOff, FREQUENCIES[column] + columnOff);
    before.tones.fit(
        before.samples, SAMPLES, FREQUENCIES[row] + rowOff, FREQUENCIES[column] + columnOff);
    return tones.rest() <= mostRest
        && before.tones.rest() <= mostRest
        && isSteady(tones.first(), before.tones.first())
        && isSteady(tones.second(), before.tones.second())
        && tones.second() < tones.first() * TWIST
        && tones.first() < tones.second() * REVERSE_TWIST;
  }

  private static boolean isSteady(double now, double then) {
    return now < then * STEADY && then < now * STEADY;
  }

  private double hertzOff(DtmfBlock before, int tone) {
    double now = StrictMath.atan2(imaginary[tone], real[tone]);
    double then = StrictMath.atan2(before.imaginary[tone], before.real[tone]);
    double beyond = now - then - TURN * FREQUENCIES[tone] * SAMPLES / SAMPLE_HZ;
    return (beyond - TURN * StrictMath.rint(beyond / TURN)) * SAMPLE_HZ / (TURN * SAMPLES);
  }

  /// Goertzel's filter. A sine of peak p gives an energy of (p N / 2)^2.
  private void filter(int tone) {
    double factor = 2 * COSINES[tone];
    double before = 0;
    double last = 0;
    for (int sample : samples) {
      double next = sample + factor * last - before;
      before = last;
      last = next;
    }
    real[tone] = last - before * COSINES[tone];
    imaginary[tone] = before * SINES[tone];
    energy[tone] = real[tone] * real[tone] + imaginary[tone] * imaginary[tone];
  }

  private int loudest(int group) {
    int best = group;
    for (int i = group + 1; i < group + 4; i++) {
      if (energy[i] > energy[best]) {
        best = i;
      }
    }
    return best;
  }

  private boolean standsOut(int tone, int group) {
    for (int i = group; i < group + 4; i++) {
      if (i != tone && energy[i] * STAND_OUT > energy[tone]) {
        return false;
      }
    }
    return true;
  }
}
