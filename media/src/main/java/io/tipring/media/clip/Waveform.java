package io.tipring.media.clip;

import io.tipring.media.spec.Pcm;

/// Mono sound of any rate in memory, in the scale of PCM16 (-32,768..32,767) but not rounded to it.
public final class Waveform {
  /// What the media plane plays.
  public static final int TELEPHONE_HZ = 8000;

  private final int sampleHz;
  private final float[] samples;

  /// Keeps `samples`, which must not change any more.
  Waveform(int sampleHz, float[] samples) {
    this.sampleHz = sampleHz;
    this.samples = samples;
  }

  public static Waveform of(int sampleHz, int[] samples, int count) {
    float[] copy = new float[count];
    for (int i = 0; i < count; i++) {
      copy[i] = samples[i];
    }
    return new Waveform(sampleHz, copy);
  }

  public int sampleHz() {
    return sampleHz;
  }

  /// In samples.
  public int length() {
    return samples.length;
  }

  public long millis() {
    return samples.length * 1000L / sampleHz;
  }

  /// The same sound at another rate.
  public Waveform at(int hertz) {
    if (hertz == sampleHz) {
      return this;
    }
    Resampler resampler = new Resampler(sampleHz, hertz);
    float[] out = new float[resampler.most(samples.length) + resampler.most(0)];
    int n = resampler.add(samples, 0, samples.length, out, 0);
    n += resampler.finish(out, n);
    float[] exact = new float[n];
    System.arraycopy(out, 0, exact, 0, n);
    return new Waveform(hertz, exact);
  }

  /// As whole samples, clipped to 16 bits.
  public int[] rounded() {
    int[] whole = new int[samples.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Math.clamp(Math.round(samples[i]), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return whole;
  }

  /// Ready to be played: 8 kHz.
  public Pcm pcm() {
    int[] whole = at(TELEPHONE_HZ).rounded();
    return Pcm.copyOf(whole, whole.length);
  }
}
