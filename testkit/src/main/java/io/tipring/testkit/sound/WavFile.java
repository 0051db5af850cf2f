package io.tipring.testkit.sound;

import io.tipring.media.clip.WavException;
import io.tipring.media.clip.WavReader;
import io.tipring.media.clip.WavWriter;
import io.tipring.media.clip.Waveform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Sound in files: any WAV that the exchange itself can play is read, PCM of 16 bit, mono, 8 kHz is
/// written.
public final class WavFile {
  private WavFile() {}

  /// The samples at 8 kHz.
  ///
  /// @throws IOException naming the file and what is wrong with it
  public static int[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return WavReader.read(in, WavReader.STANDARD_LIMIT).at(Waveform.TELEPHONE_HZ).rounded();
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (WavException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  public static void write(Path file, int[] samples) throws IOException {
    Files.write(file, WavWriter.bytes(Waveform.TELEPHONE_HZ, samples, samples.length));
  }
}
