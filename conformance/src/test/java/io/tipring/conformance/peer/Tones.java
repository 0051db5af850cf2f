package io.tipring.conformance.peer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// Sound files for peers and from peers, by the JDK's own code rather than ours: mono PCM16 at 8
/// kHz.
public final class Tones {
  private static final int HERTZ = 8000;
  private static final int AMPLITUDE = 8000;
  private static final AudioFormat PCM16 = new AudioFormat(HERTZ, 16, 1, true, false);
  private static final AudioFormat ULAW =
      new AudioFormat(AudioFormat.Encoding.ULAW, HERTZ, 8, 1, 1, HERTZ, false);

  private Tones() {}

  /// Writes a WAV file: the tone, then silence.
  public static void write(Path file, int hertz, int toneMillis, int silenceMillis) {
    byte[] sound = pcm16(hertz, toneMillis, silenceMillis);
    try (AudioInputStream in = stream(sound)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The tone as raw mu-law, which SIPp sends as it is.
  static byte[] pcmu(int hertz, int millis) {
    try (InputStream in = AudioSystem.getAudioInputStream(ULAW, stream(pcm16(hertz, millis, 0)))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The samples of G.711 mu-law payloads.
  public static int[] decoded(List<byte[]> payloads) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    payloads.forEach(joined::writeBytes);
    byte[] bytes = joined.toByteArray();
    try (AudioInputStream coded =
            new AudioInputStream(new ByteArrayInputStream(bytes), ULAW, bytes.length);
        AudioInputStream in = AudioSystem.getAudioInputStream(PCM16, coded)) {
      return samples(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The samples of a WAV file.
  public static int[] read(Path wav) {
    try (AudioInputStream file = AudioSystem.getAudioInputStream(wav.toFile());
        AudioInputStream in = AudioSystem.getAudioInputStream(PCM16, file)) {
      return samples(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UnsupportedAudioFileException e) {
      throw new IllegalArgumentException(wav + " is no WAV file", e);
    }
  }

  private static int[] samples(byte[] bytes) {
    int[] samples = new int[bytes.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((bytes[2 * i] & 0xFF) | bytes[2 * i + 1] << 8);
    }
    return samples;
  }

  private static AudioInputStream stream(byte[] pcm16) {
    return new AudioInputStream(new ByteArrayInputStream(pcm16), PCM16, pcm16.length / 2);
  }

  private static byte[] pcm16(int hertz, int toneMillis, int silenceMillis) {
    byte[] bytes = new byte[(toneMillis + silenceMillis) * HERTZ / 1000 * 2];
    for (int i = 0; i < toneMillis * HERTZ / 1000; i++) {
      int sample = (int) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / HERTZ));
      bytes[2 * i] = (byte) sample;
      bytes[2 * i + 1] = (byte) (sample >> 8);
    }
    return bytes;
  }
}
