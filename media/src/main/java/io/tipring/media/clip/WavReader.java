package io.tipring.media.clip;

import io.tipring.media.clip.WavException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads WAV files: a RIFF of chunks, of which `fmt ` and `data` count, in this order. Several
/// channels are mixed to one.
public final class WavReader {
  /// What is taken when nothing else is said: over an hour of 16-bit sound at 8 kHz.
  public static final int STANDARD_LIMIT = 64 << 20;

  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  /// Writers that cannot go back leave this, or a little less, as length.
  private static final long UNKNOWN_LENGTH = 0x7fff_0000L;

  private WavReader() {}

  /// Reads the stream to its end, but not further than `limit` bytes.
  public static Waveform read(InputStream stream, int limit) throws IOException, WavException {
    byte[] bytes = stream.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new WavException(Problem.TOO_LARGE, "it is longer than " + limit + " bytes");
    }
    return read(bytes);
  }

  public static Waveform read(byte[] bytes) throws WavException {
    ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < RIFF_HEADER
        || !name(wav, 0).equals("RIFF")
        || !name(wav, 8).equals("WAVE")) {
      throw new WavException(Problem.NOT_WAV, notWav(wav));
    }
    WavFormat format = null;
    int at = RIFF_HEADER;
    while (bytes.length - at >= CHUNK_HEADER) {
      String chunk = name(wav, at);
      long length = wav.getInt(at + 4) & 0xffff_ffffL;
      at += CHUNK_HEADER;
      int there = bytes.length - at;
      if (chunk.equals("data")) {
        return samples(wav, at, length, format);
      }
      if (length > there) {
        throw new WavException(
            Problem.TRUNCATED,
            "its chunk '" + chunk + "' announces " + length + " bytes, " + there + " are there");
      }
      if (chunk.equals("fmt ")) {
        format =
            WavFormat.of(wav.slice(at, (int) length).order(ByteOrder.LITTLE_ENDIAN), (int) length);
      }
      // Chunks begin at even places.
      at += (int) Math.min(length + (length & 1), there);
    }
    throw new WavException(Problem.TRUNCATED, "it ends without a chunk 'data'");
  }

  private static String notWav(ByteBuffer wav) {
    if (wav.capacity() < RIFF_HEADER) {
      return "it has " + wav.capacity() + " bytes, a WAV begins with 12";
    }
    return switch (name(wav, 0)) {
      case "RIFX" -> "it is a big-endian WAV (RIFX); only little-endian ones are read";
      case "RF64" -> "it is a WAV of more than 4 GiB (RF64)";
      case "OggS", "fLaC", "FORM" -> "it is another kind of sound file ('" + name(wav, 0) + "')";
      default -> "it does not begin with RIFF and WAVE";
    };
  }

  private static String name(ByteBuffer wav, int at) {
    byte[] four = new byte[4];
    wav.get(at, four);
    for (int i = 0; i < four.length; i++) {
      // It may stand in a log line.
      four[i] = four[i] >= ' ' && four[i] <= '~' ? four[i] : (byte) '?';
    }
    return new String(four, StandardCharsets.US_ASCII);
  }

  private static Waveform samples(
      ByteBuffer wav, int at, long announced, @Nullable WavFormat format) throws WavException {
    if (format == null) {
      throw new WavException(Problem.BROKEN, "its chunk 'data' comes before its chunk 'fmt '");
    }
    int there = wav.capacity() - at;
    // Some leave 0 in both places.
    boolean unknown = announced >= UNKNOWN_LENGTH || (announced == 0 && wav.getInt(4) == 0);
    if (announced > there && !unknown) {
      throw new WavException(
          Problem.TRUNCATED,
          "its chunk 'data' announces " + announced + " bytes, " + there + " are there");
    }
    int length = (int) (unknown ? there : announced) / format.frameBytes();
    float[] mono = new float[length];
    WavFormat.Samples samples = format.samples();
    for (int i = 0; i < length; i++) {
      float sum = 0;
      for (int channel = 0; channel < format.channels(); channel++) {
        sum += samples.read(wav, at + i * format.frameBytes() + channel * samples.bytes());
      }
      mono[i] = sum / format.channels();
    }
    return new Waveform(format.sampleHz(), mono);
  }
}
