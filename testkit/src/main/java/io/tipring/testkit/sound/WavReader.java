package io.tipring.testkit.sound;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads what [WavWriter] writes and what every sound tool can make: PCM, 16 bit, mono, 8 kHz.
public final class WavReader {
  private static final int RIFF = 0x46464952;
  private static final int WAVE = 0x45564157;
  private static final int FMT = 0x20746d66;
  private static final int DATA = 0x61746164;

  private WavReader() {}

  /// @throws IOException naming the file and what is wrong with it
  public static int[] read(Path file) throws IOException {
    ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (wav.getInt() != RIFF || wav.getInt() < 0 || wav.getInt() != WAVE) {
        throw new IOException(file + " is no WAV file");
      }
      return samples(file, wav);
    } catch (BufferUnderflowException e) {
      throw new IOException(file + " has no sound in it", e);
    }
  }

  private static int[] samples(Path file, ByteBuffer wav) throws IOException {
    while (true) {
      int chunk = wav.getInt();
      int size = wav.getInt();
      if (chunk == DATA) {
        int[] samples = new int[Math.min(size < 0 ? Integer.MAX_VALUE : size, wav.remaining()) / 2];
        for (int i = 0; i < samples.length; i++) {
          samples[i] = wav.getShort();
        }
        return samples;
      }
      int next = Math.min(wav.limit(), wav.position() + Math.max(0, size) + (size & 1));
      if (chunk == FMT) {
        check(file, wav.getShort(), wav.getShort(), wav.getInt(), wav.getInt(), wav.getShort(), wav.getShort());
      }
      wav.position(next);
    }
  }

  private static void check(
      Path file, int format, int channels, int rate, int bytesPerSecond, int blockBytes, int bits) throws IOException {
    if (format != 1 || channels != 1 || rate != ToneProbe.SAMPLES_PER_SECOND || bits != 16) {
      throw new IOException(String.format(
          "%s is not PCM of 16 bit, mono, 8000 Hz, but format %d of %d bit, %d channels, %d Hz (%d bytes/s in blocks of %d)",
          file, format, bits, channels, rate, bytesPerSecond, blockBytes));
    }
  }
}
