package io.tipring.testkit.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes sound as a WAV file: mono, 16 bit, 8 kHz.
///
/// ```
///  0  "RIFF" size  "WAVE"
/// 12  "fmt " 16    1 (PCM) 1 channel, 8000 Hz, 16000 bytes a second, 2 bytes a sample, 16 bits
/// 36  "data" size  samples, little endian
/// ```
public final class WavWriter {
  private static final int HEADER = 44;

  private WavWriter() {}

  public static void write(Path file, int[] samples) throws IOException {
    int bytes = Math.multiplyExact(samples.length, 2);
    ByteBuffer wav = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    wav.putInt(ToneProbe.SAMPLES_PER_SECOND).putInt(2 * ToneProbe.SAMPLES_PER_SECOND);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put(ascii("data")).putInt(bytes);
    for (int sample : samples) {
      wav.putShort((short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE));
    }
    Files.write(file, wav.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
