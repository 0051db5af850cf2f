package io.tipring.media.tone;

/// Hears keys in sound (ITU-T Q.24). Mono PCM16 at 8 kHz goes in, whole keys come out. Owned by one
/// worker.
///
/// Sound is cut into blocks of 12.75 ms, so a key of 40 ms, the shortest that counts, always fills
/// two. Two blocks in a row that hold the same tones begin a key; two without it end it, so that a
/// short drop-out does not make two of one.
public final class DtmfDetector {
  private static final int SAMPLES_PER_MILLI = 8;

  /// Q.24: 1.5 % must be heard, 3.5 % must not.
  private static final double MOST_OFF = 0.023;

  /// Noise may lie 12 dB below the key; Q.24 asks for 15.
  private static final double MOST_REST = 0.06;

  private static final int TO_END = 2;

  /// A key that is held longer is reported without waiting for its end.
  private static final int LONGEST_BLOCKS = 5000 * SAMPLES_PER_MILLI / DtmfBlock.SAMPLES;

  private final Keys keys;
  private DtmfBlock block = new DtmfBlock();
  private DtmfBlock before = new DtmfBlock();

  /// The key that is down.
  private int down = DtmfBlock.NO_KEY;

  private int downBlocks;
  private int missing;
  private boolean reported;

  public DtmfDetector(Keys keys) {
    this.keys = keys;
  }

  /// Listens to `count` samples.
  public void listen(int[] samples, int from, int count) {
    int done = 0;
    while (done < count) {
      done += block.fill(samples, from + done, count - done);
      if (block.isFull()) {
        heard(block.look());
        DtmfBlock oldest = before;
        before = block;
        block = oldest;
        block.clear();
      }
    }
  }

  private void heard(int key) {
    if (down != DtmfBlock.NO_KEY) {
      hold(key);
    }
    if (down == DtmfBlock.NO_KEY && block.continues(before, MOST_OFF, MOST_REST)) {
      down = key;
      downBlocks = 2;
      missing = 0;
      reported = false;
      keys.began(Dtmf.KEYS.charAt(key));
    }
  }

  private void hold(int key) {
    if (key == down) {
      downBlocks += missing + 1;
      missing = 0;
    } else {
      missing++;
    }
    if (missing >= TO_END) {
      report();
      down = DtmfBlock.NO_KEY;
    } else if (downBlocks >= LONGEST_BLOCKS) {
      report();
    }
  }

  private void report() {
    if (!reported) {
      reported = true;
      keys.key(Dtmf.KEYS.charAt(down), downBlocks * DtmfBlock.SAMPLES / SAMPLES_PER_MILLI);
    }
  }

  /// Takes the keys that were heard, each once, when it is known to have ended or is held for 5 s.
  @FunctionalInterface
  public interface Keys {
    /// A key is down. Told once, before it is told whole.
    default void began(char key) {}

    /// @param durationMillis to about 13 ms
    void key(char key, int durationMillis);
  }
}
