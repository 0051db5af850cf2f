package io.tipring.media.clip;

import io.tipring.media.clip.WavException.Problem;
import io.tipring.media.codec.G711;
import java.nio.ByteBuffer;

/// How the samples of a WAV file lie in its bytes, from its `fmt ` chunk.
///
/// ```
///  0  format   2  1 PCM, 3 float, 6 A-law, 7 mu-law, 0xFFFE see the sub-format
///  2  channels 2
///  4  rate     4  samples a second
///  8  bytes    4  a second
/// 12  align    2  bytes of one sample of all channels
/// 14  bits     2  of one sample
/// 16  -        2  length of what follows
/// 18  valid    2
/// 20  mask     4
/// 24  sub     16  its first two bytes are a format as above
/// ```
record WavFormat(Samples samples, int channels, int sampleHz) {
  private static final int SHORTEST = 16;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int EXTENSIBLE_LENGTH = 40;
  private static final int SUB_FORMAT = 24;
  private static final int MOST_CHANNELS = 64;
  private static final int LOWEST_HZ = 1000;
  private static final int HIGHEST_HZ = 768_000;

  /// One kind of sample.
  enum Samples {
    PCM_8(1),
    PCM_16(2),
    PCM_24(3),
    PCM_32(4),
    FLOAT_32(4),
    FLOAT_64(8),
    A_LAW(1),
    MU_LAW(1);

    private final int bytes;

    Samples(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    /// The sample at `at`, in the scale of PCM16.
    float read(ByteBuffer data, int at) {
      return switch (this) {
        case PCM_8 -> ((data.get(at) & 0xff) - 128) * 256;
        case PCM_16 -> data.getShort(at);
        case PCM_24 -> ((data.get(at) & 0xff) | (data.getShort(at + 1) << 8)) / 256f;
        case PCM_32 -> data.getInt(at) / 65_536f;
        case FLOAT_32 -> finite(data.getFloat(at));
        case FLOAT_64 -> finite(data.getDouble(at));
        case A_LAW -> G711.PCMA.sample(data.get(at));
        case MU_LAW -> G711.PCMU.sample(data.get(at));
      };
    }

    /// What is not a number is silence; what is far too loud is clipped, so that sums stay finite.
    private static float finite(double sample) {
      return Double.isNaN(sample) ? 0 : (float) (Math.clamp(sample, -8, 8) * 32_768);
    }
  }

  /// Bytes of one sample of all channels.
  int frameBytes() {
    return samples.bytes() * channels;
  }

  /// @param chunk the body of the `fmt ` chunk, little endian
  static WavFormat of(ByteBuffer chunk, int length) throws WavException {
    if (length < SHORTEST) {
      throw new WavException(
          Problem.BROKEN, "its format chunk has " + length + " bytes, 16 are the least");
    }
    int format = chunk.getShort(0) & 0xffff;
    if (format == EXTENSIBLE) {
      if (length < EXTENSIBLE_LENGTH) {
        throw new WavException(
            Problem.BROKEN,
            "its extensible format chunk has " + length + " bytes, 40 are the least");
      }
      format = chunk.getShort(SUB_FORMAT) & 0xffff;
    }
    int channels = chunk.getShort(2) & 0xffff;
    long sampleHz = chunk.getInt(4) & 0xffff_ffffL;
    int align = chunk.getShort(12) & 0xffff;
    Samples samples = samples(format, chunk.getShort(14) & 0xffff);
    if (channels == 0 || channels > MOST_CHANNELS) {
      throw new WavException(Problem.BROKEN, "it claims to have " + channels + " channels");
    }
    if (sampleHz < LOWEST_HZ || sampleHz > HIGHEST_HZ) {
      throw new WavException(Problem.BROKEN, "it claims to have " + sampleHz + " samples a second");
    }
    if (align != channels * samples.bytes()) {
      throw new WavException(
          Problem.BROKEN,
          channels
              + " channels of "
              + samples
              + " fill "
              + channels * samples.bytes()
              + " bytes, not "
              + align);
    }
    return new WavFormat(samples, channels, (int) sampleHz);
  }

  private static Samples samples(int format, int bits) throws WavException {
    return switch (format) {
      case 1 ->
          switch (bits) {
            case 8 -> Samples.PCM_8;
            case 16 -> Samples.PCM_16;
            case 24 -> Samples.PCM_24;
            case 32 -> Samples.PCM_32;
            default -> throw unsupported("PCM of " + bits + " bits");
          };
      case 3 ->
          switch (bits) {
            case 32 -> Samples.FLOAT_32;
            case 64 -> Samples.FLOAT_64;
            default -> throw unsupported("floating point of " + bits + " bits");
          };
      case 6 -> Samples.A_LAW;
      case 7 -> Samples.MU_LAW;
      default -> throw unsupported("format " + format);
    };
  }

  private static WavException unsupported(String what) {
    return new WavException(
        Problem.UNSUPPORTED,
        what + " is not decoded here; PCM of 8 to 32 bits, floating point, A-law and mu-law are");
  }
}
