package io.tipring.media.jitter;

/// Makes up sound where none came: goes on with the last period of what was heard (a vowel or a
/// tone goes on unnoticed), fades it out within 80 ms, and leaves comfort noise.
final class Concealment {
  /// Full strength for one frame, then a slope of three.
  private static final int HOLD = 160;

  private static final int FADE = 480;

  /// After so many samples nothing of the sound is left.
  static final int LENGTH = HOLD + FADE;

  /// 2.5 ms, 15 ms: 400 Hz down to 66 Hz; higher tones are found at a multiple of their period.
  private static final int SHORTEST_LAG = 20;

  private static final int LONGEST_LAG = 120;
  private static final int WINDOW = 120;

  /// What was heard last, newest at the end.
  private final int[] history = new int[WINDOW + LONGEST_LAG];

  private final int[] period = new int[LONGEST_LAG];
  private final ComfortNoise noise;
  private int lag;

  /// Before anything was heard there is nothing to go on with.
  private int position = LENGTH;

  private boolean active = true;

  Concealment(long seed) {
    noise = new ComfortNoise(seed);
  }

  /// Remembers real sound that was just handed on.
  void heard(int[] samples, int from, int count) {
    noise.listen(samples, from, count);
    int n = Math.min(count, history.length);
    System.arraycopy(history, n, history, 0, history.length - n);
    System.arraycopy(samples, from + count - n, history, history.length - n, n);
    active = false;
  }

  /// How loud comfort noise should be.
  void noiseLevel(double rms) {
    noise.level(rms);
  }

  /// Makes `count` samples that go on from what was last heard or made.
  ///
  /// @return how many of them still carried sound, rather than noise
  int make(int[] samples, int at, int count) {
    if (!active) {
      begin();
    }
    int audible = Math.clamp(LENGTH - position, 0, count);
    for (int i = 0; i < count; i++) {
      samples[at + i] = next();
    }
    return audible;
  }

  /// Blends the end of what was made up into the first samples of real sound.
  void blend(int[] samples, int at, int count) {
    if (!active) {
      begin();
    }
    for (int i = 0; i < count; i++) {
      int made = next();
      samples[at + i] = made + (samples[at + i] - made) * (i + 1) / (count + 1);
    }
  }

  private int next() {
    if (position >= LENGTH) {
      return noise.next();
    }
    int sample = period[position % lag];
    if (position >= HOLD) {
      int left = LENGTH - position;
      sample = (sample * left + noise.next() * (FADE - left)) / FADE;
    }
    position++;
    return sample;
  }

  private void begin() {
    active = true;
    position = 0;
    int end = history.length;
    lag = Pitch.lag(history, end, WINDOW, SHORTEST_LAG, LONGEST_LAG);
    System.arraycopy(history, end - lag, period, 0, lag);
    // The period is joined to itself again and again: its last quarter leads over into what
    // precedes its beginning.
    int overlap = lag / 4;
    for (int i = 0; i < overlap; i++) {
      int at = lag - overlap + i;
      int before = history[end - lag - overlap + i];
      period[at] += (before - period[at]) * (i + 1) / (overlap + 1);
    }
  }
}
