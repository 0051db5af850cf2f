package io.tipring.media.tone;

import java.util.Arrays;

/// Makes the sound of keys. Holds all sixteen, so that pressing one allocates nothing.
public final class DtmfGenerator {
  /// The higher tone is sent 2 dB louder, because lines lose more of it (ITU-T Q.24, usual
  /// practice).
  private static final double ROW_DBM0 = -9;

  private static final double COLUMN_DBM0 = -7;

  private final Oscillator[] rows =
      Arrays.stream(Dtmf.ROWS)
          .mapToObj(hertz -> new Oscillator(hertz, ROW_DBM0))
          .toArray(Oscillator[]::new);
  private final Oscillator[] columns =
      Arrays.stream(Dtmf.COLUMNS)
          .mapToObj(hertz -> new Oscillator(hertz, COLUMN_DBM0))
          .toArray(Oscillator[]::new);
  private int key;

  public DtmfGenerator() {}

  /// The key whose sound comes next, from its beginning.
  public void press(char symbol) {
    int index = Dtmf.indexOf(symbol);
    if (index < 0) {
      throw new IllegalArgumentException("not a telephone key: '" + symbol + "'");
    }
    key = index;
    rows[key / 4].reset();
    columns[key % 4].reset();
  }

  /// Adds the next `count` samples of the pressed key to `frame`.
  public void add(int[] frame, int from, int count) {
    rows[key / 4].add(frame, from, count);
    columns[key % 4].add(frame, from, count);
  }
}
