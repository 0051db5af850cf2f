package io.tipring.edge.rtp;

import io.tipring.media.codec.G711;
import java.util.ArrayList;
import java.util.List;

/// Sound of a test: a sine to send, and ears for what comes back. Mono PCM16 at 8 kHz.
final class Tone {
  static final int FRAME = 160;

  /// -10 dBm0 as a 16-bit amplitude.
  private static final double AMPLITUDE = 32_124 * Math.pow(10, (-10 - 3.14) / 20);

  private final List<int[]> heard = new ArrayList<>();
  private long phase;

  /// The next 20 ms of a sine, as PCMU.
  byte[] frame(int hertz) {
    int[] samples = new int[FRAME];
    for (int i = 0; i < FRAME; i++) {
      samples[i] = (int) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * (phase++ % 8000) / 8000.0));
    }
    byte[] payload = new byte[FRAME];
    G711.PCMU.encode(samples, 0, FRAME, payload, 0);
    return payload;
  }

  void hear(byte[] buffer, int offset, int length) {
    int[] samples = new int[length];
    G711.PCMU.decode(buffer, offset, length, samples, 0);
    heard.add(samples);
  }

  int frames() {
    return heard.size();
  }

  /// The last `frames` frames in a row.
  int[] last(int frames) {
    int[] samples = new int[frames * FRAME];
    for (int i = 0; i < frames; i++) {
      System.arraycopy(heard.get(heard.size() - frames + i), 0, samples, i * FRAME, FRAME);
    }
    return samples;
  }

  /// How much of the power is at `hertz`, 0 to 1 (Goertzel); 0 for silence.
  static double share(int[] samples, int hertz) {
    double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 8000.0);
    double before = 0;
    double beforeThat = 0;
    double power = 0;
    for (int sample : samples) {
      double now = sample + coefficient * before - beforeThat;
      beforeThat = before;
      before = now;
      power += (double) sample * sample;
    }
    double atTone = before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
    return power < samples.length * 100.0 ? 0 : 2 * atTone / (samples.length * power);
  }

  /// Root mean square, in 16-bit steps.
  static double level(int[] samples) {
    double power = 0;
    for (int sample : samples) {
      power += (double) sample * sample;
    }
    return Math.sqrt(power / samples.length);
  }

  /// The worst step out of one unbroken sine of `hertz`, relative to its amplitude: a sine
  /// foretells each sample from the two before.
  static double worstBreak(int[] samples, int hertz) {
    double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 8000.0);
    double worst = 0;
    for (int i = 2; i < samples.length; i++) {
      worst = Math.max(worst, Math.abs(samples[i] - coefficient * samples[i - 1] + samples[i - 2]));
    }
    return worst / (level(samples) * Math.sqrt(2));
  }
}
