package io.tipring.edge.speech;

import io.tipring.media.clip.Waveform;
import io.tipring.media.spec.Pcm;

/// Brings speech of any engine to telephone rate and to one level, so that a voice, a file and a
/// person are about as loud.
final class Loudness {
  /// Of the parts that are speech, mean power: 20 dB below a full-scale square wave.
  private static final double ACTIVE_RMS = 3277;

  /// A frame is speech when it lies within 30 dB of the loudest.
  private static final double ACTIVE_SHARE = 0.0316;

  /// What an engine leaves silent is not made into noise: 30 dB.
  private static final double MOST_GAIN = 31.6;

  /// Peaks are bent from here on, and never come beyond the second.
  private static final double KNEE = 22_000;

  private static final double CEILING = 31_000;

  private static final int FRAME = 160;

  private Loudness() {}

  static Pcm telephone(Waveform speech) {
    int[] samples = speech.at(Waveform.TELEPHONE_HZ).rounded();
    double offset = mean(samples);
    double gain = gain(samples, offset);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (int) Math.rint(limited((samples[i] - offset) * gain));
    }
    return Pcm.copyOf(samples, samples.length);
  }

  private static double mean(int[] samples) {
    long sum = 0;
    for (int sample : samples) {
      sum += sample;
    }
    return samples.length == 0 ? 0 : (double) sum / samples.length;
  }

  private static double gain(int[] samples, double offset) {
    double[] powers = new double[(samples.length + FRAME - 1) / FRAME];
    double loudest = 0;
    for (int i = 0; i < powers.length; i++) {
      powers[i] = power(samples, i * FRAME, Math.min(samples.length, (i + 1) * FRAME), offset);
      loudest = Math.max(loudest, powers[i]);
    }
    double sum = 0;
    int active = 0;
    for (double power : powers) {
      if (power > loudest * ACTIVE_SHARE * ACTIVE_SHARE) {
        sum += power;
        active++;
      }
    }
    return active == 0 ? 1 : Math.min(MOST_GAIN, ACTIVE_RMS / Math.sqrt(sum / active));
  }

  private static double power(int[] samples, int from, int to, double offset) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (samples[i] - offset) * (samples[i] - offset);
    }
    return sum / (to - from);
  }

  private static double limited(double sample) {
    double height = Math.abs(sample);
    if (height <= KNEE) {
      return sample;
    }
    double room = CEILING - KNEE;
    return Math.copySign(KNEE + room * -Math.expm1(-(height - KNEE) / room), sample);
  }
}
