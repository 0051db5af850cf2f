package io.tipring.edge.speech;

import io.tipring.media.spec.Pcm;

/// What an ear would say of speech.
final class Listening {
  private Listening() {}

  static int[] samples(Pcm pcm) {
    int[] samples = new int[pcm.length()];
    int _ = pcm.read(0, samples, 0, samples.length);
    return samples;
  }

  /// Level of the frames that are speech, dB below a full-scale square wave.
  static double activeLevel(Pcm pcm) {
    int[] samples = samples(pcm);
    double loudest = 0;
    for (int at = 0; at + 160 <= samples.length; at += 160) {
      loudest = Math.max(loudest, power(samples, at));
    }
    double sum = 0;
    int active = 0;
    for (int at = 0; at + 160 <= samples.length; at += 160) {
      double power = power(samples, at);
      if (power > loudest / 1000) {
        sum += power;
        active++;
      }
    }
    return 10 * Math.log10(sum / active / (32_768.0 * 32_768));
  }

  static int peak(Pcm pcm) {
    int peak = 0;
    for (int sample : samples(pcm)) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  static double mean(Pcm pcm) {
    double sum = 0;
    for (int sample : samples(pcm)) {
      sum += sample;
    }
    return sum / pcm.length();
  }

  private static double power(int[] samples, int from) {
    double sum = 0;
    for (int i = from; i < from + 160; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return sum / 160;
  }
}
