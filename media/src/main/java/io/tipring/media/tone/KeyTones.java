package io.tipring.media.tone;

/// The sound of keys pressed one after the other, each followed by silence.
public final class KeyTones implements Sound {
  private static final int SAMPLES_PER_MILLI = 8;

  private final String keys;
  private final int toneSamples;
  private final int keySamples;
  private final DtmfGenerator generator = new DtmfGenerator();
  private int key;
  private int played;

  /// @param keys of `0-9*#A-D`
  /// @param toneMillis 40 or more are heard everywhere (ITU-T Q.24)
  public KeyTones(String keys, int toneMillis, int gapMillis) {
    this.keys = keys;
    this.toneSamples = toneMillis * SAMPLES_PER_MILLI;
    this.keySamples = (toneMillis + gapMillis) * SAMPLES_PER_MILLI;
  }

  @Override
  public int add(int[] frame, int from, int count) {
    int done = 0;
    while (done < count && key < keys.length()) {
      if (played == 0) {
        generator.press(keys.charAt(key));
      }
      boolean sounds = played < toneSamples;
      int n = Math.min((sounds ? toneSamples : keySamples) - played, count - done);
      if (sounds) {
        generator.add(frame, from + done, n);
      }
      done += n;
      played += n;
      if (played == keySamples) {
        key++;
        played = 0;
      }
    }
    return done;
  }

  @Override
  public void rewind() {
    key = 0;
    played = 0;
  }
}
