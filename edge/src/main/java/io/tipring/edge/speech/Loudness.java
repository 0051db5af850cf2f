package io.tipring.edge.speech;

import io.tipring.media.clip.Waveform;
import io.tipring.media.spec.Pcm;

/// Brings speech of any engine to telephone rate and to one level, so that a voice, a file and a
/// person are about as loud, and lets it begin at once: FreeTTS is silent for 0.2 s first, which a
/// caller would wait after each key.
final class Loudness {
  /// Of the parts that are speech, mean power: 20 dB below a full-scale square wave.
  private static final double ACTIVE_RMS = 3277;

  /// A frame is speech when it lies within 30 dB of the loudest.
  private static final double ACTIVE_SHARE = 0.0316;

  /// Quieter than that against the loudest frame, 45 dB, nothing has begun yet.
  private static final double SILENT_SHARE = 0.0056;

  /// Frames that are left before the beginning: 40 ms.
  private static final int FRAMES_BEFORE = 2;

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
    double[] powers = powers(samples, offset);
    double gain = gain(powers);
    int begin = begin(powers);
    int[] speaking = new int[samples.length - begin];
    for (int i = 0; i < speaking.length; i++) {
      speaking[i] = (int) Math.rint(limited((samples[begin + i] - offset) * gain));
    }
    return Pcm.copyOf(speaking, speaking.length);
  }

  private static double mean(int[] samples) {
    long sum = 0;
    for (int sample : samples) {
      sum += sample;
    }
    return samples.length == 0 ? 0 : (double) sum / samples.length;
  }

  /// Mean power of each frame.
  private static double[] powers(int[] samples, double offset) {
    double[] powers = new double[(samples.length + FRAME - 1) / FRAME];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = power(samples, i * FRAME, Math.min(samples.length, (i + 1) * FRAME), offset);
    }
    return powers;
  }

  private static double loudest(double[] powers) {
    double loudest = 0;
    for (double power : powers) {
      loudest = Math.max(loudest, power);
    }
    return loudest;
  }

  /// The sample from which on it is worth listening; all of silence is kept.
  private static int begin(double[] powers) {
    double silent = loudest(powers) * SILENT_SHARE * SILENT_SHARE;
    for (int i = 0; i < powers.length; i++) {
      if (powers[i] > silent) {
        return Math.max(0, i - FRAMES_BEFORE) * FRAME;
      }
    }
    return 0;
  }

  private static double gain(double[] powers) {
    double loudest = loudest(powers);
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
