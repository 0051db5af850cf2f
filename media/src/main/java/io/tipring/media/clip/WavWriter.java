package io.tipring.media.clip;

import io.tipring.media.codec.Codec;
import io.tipring.media.spec.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes mono WAV files, piece by piece: PCM16, or G.711 as it came from the wire at half the
/// size.
///
/// The lengths in the header are only known at the end. Whoever can go back writes [#header] again
/// at the beginning when all is written; until then it says *unknown*, which readers take for
/// everything up to the end of the file.
public final class WavWriter {
  /// A length that is not known yet.
  public static final long UNKNOWN = 0xffff_ffffL;

  private static final int MU_LAW = 7;
  private static final int A_LAW = 6;
  private static final int PCM = 1;
  private static final int PIECE = 1024;

  private final OutputStream target;
  private final int sampleHz;
  private final Optional<Encoding> law;
  private final byte[] piece = new byte[2 * PIECE];
  private long dataBytes;

  /// Writes the header at once.
  ///
  /// @param law empty for PCM16
  public WavWriter(OutputStream target, int sampleHz, Optional<Encoding> law) throws IOException {
    this.target = target;
    this.sampleHz = sampleHz;
    this.law = law;
    target.write(header(UNKNOWN));
  }

  /// A whole file of PCM16.
  public static byte[] bytes(int sampleHz, int[] samples, int count) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * count).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(header(sampleHz, Optional.empty(), 2L * count));
    for (int i = 0; i < count; i++) {
      wav.putShort(clipped(samples[i]));
    }
    return wav.array();
  }

  /// Appends `count` samples.
  public void write(int[] samples, int from, int count) throws IOException {
    for (int done = 0; done < count; done += PIECE) {
      int n = Math.min(PIECE, count - done);
      int bytes =
          law.isPresent()
              ? Codec.of(law.get()).encode(samples, from + done, n, piece, 0)
              : pcm16(samples, from + done, n);
      target.write(piece, 0, bytes);
      dataBytes += bytes;
    }
  }

  /// The header for what has been written so far, as long as the one at the beginning.
  public byte[] header() {
    return header(dataBytes);
  }

  private byte[] header(long length) {
    return header(sampleHz, law, length);
  }

  private int pcm16(int[] samples, int from, int count) {
    for (int i = 0; i < count; i++) {
      short sample = clipped(samples[from + i]);
      piece[2 * i] = (byte) sample;
      piece[2 * i + 1] = (byte) (sample >> 8);
    }
    return 2 * count;
  }

  private static short clipped(int sample) {
    return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private static byte[] header(int sampleHz, Optional<Encoding> law, long length) {
    int format = law.map(WavWriter::format).orElse(PCM);
    // What is not PCM has the length of an extension, and a chunk with the number of samples.
    int formatLength = format == PCM ? 16 : 18;
    int bytesPerSample = format == PCM ? 2 : 1;
    int rest = 4 + 8 + formatLength + (format == PCM ? 0 : 12) + 8;
    ByteBuffer header = ByteBuffer.allocate(8 + rest).order(ByteOrder.LITTLE_ENDIAN);
    name(header, "RIFF").putInt((int) (length == UNKNOWN ? UNKNOWN : rest + length));
    name(header, "WAVE");
    name(header, "fmt ").putInt(formatLength).putShort((short) format).putShort((short) 1);
    header.putInt(sampleHz).putInt(sampleHz * bytesPerSample);
    header.putShort((short) bytesPerSample).putShort((short) (8 * bytesPerSample));
    if (format != PCM) {
      header.putShort((short) 0);
      name(header, "fact").putInt(4).putInt((int) length);
    }
    name(header, "data").putInt((int) length);
    return header.array();
  }

  private static int format(Encoding law) {
    return switch (law) {
      case PCMU -> MU_LAW;
      case PCMA -> A_LAW;
    };
  }

  private static ByteBuffer name(ByteBuffer header, String chunk) {
    return header.put(chunk.getBytes(StandardCharsets.US_ASCII));
  }
}
