package io.tipring.edge.speech;

import com.sun.speech.freetts.audio.AudioPlayer;
import io.tipring.media.clip.Waveform;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;

/// Keeps what FreeTTS would let a loudspeaker hear: mono PCM16, big endian. No sound device is
/// touched.
final class SpeechCapture implements AudioPlayer {
  private int[] samples = new int[16_000];
  private int count;
  private AudioFormat format = new AudioFormat(16_000, 16, 1, true, true);

  Waveform sound() {
    return Waveform.of((int) format.getSampleRate(), samples, count);
  }

  @Override
  public boolean write(byte[] audio) {
    return write(audio, 0, audio.length);
  }

  @Override
  public boolean write(byte[] audio, int offset, int size) {
    if (count + size / 2 > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(2 * samples.length, count + size / 2));
    }
    for (int i = offset; i + 1 < offset + size; i += 2) {
      samples[count++] = (short) ((audio[i] << 8) | (audio[i + 1] & 0xff));
    }
    return true;
  }

  @Override
  public void setAudioFormat(AudioFormat format) {
    this.format = format;
  }

  @Override
  public AudioFormat getAudioFormat() {
    return format;
  }

  @Override
  public boolean drain() {
    return true;
  }

  @Override
  public boolean end() {
    return true;
  }

  @Override
  public float getVolume() {
    return 1;
  }

  @Override
  public long getTime() {
    return 0;
  }

  @Override
  public void begin(int size) {}

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void reset() {}

  @Override
  public void cancel() {}

  @Override
  public void close() {}

  @Override
  public void setVolume(float volume) {}

  @Override
  public void resetTime() {}

  @Override
  public void startFirstSampleTimer() {}

  @Override
  public void showMetrics() {}
}
