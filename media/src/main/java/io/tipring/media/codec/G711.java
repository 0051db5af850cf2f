package io.tipring.media.codec;

/// G.711: 8,000 samples a second, eight bits each, on a scale of eight straight segments per sign.
///
/// ```
///  mu-law   sign | exponent (3) | mantissa (4)     all bits inverted on the wire
///  A-law    sign | exponent (3) | mantissa (4)     every second bit inverted on the wire (xor 0x55)
/// ```
///
/// Both ways are one table look-up. A law has no memory, so one object serves every leg.
public final class G711 implements Codec {
  /// mu-law, North America and Japan: 14 bits of range, here scaled to 16.
  public static final G711 PCMU = new G711(new MuLaw());

  /// A-law, everywhere else: 13 bits of range, here scaled to 16.
  public static final G711 PCMA = new G711(new ALaw());

  private static final int SCALE = 1 << 16;
  private static final int MIN = Short.MIN_VALUE;
  private static final int MAX = Short.MAX_VALUE;

  private final int[] sampleOf = new int[256];
  private final byte[] codeOf = new byte[SCALE];

  private G711(Law law) {
    for (int code = 0; code < sampleOf.length; code++) {
      sampleOf[code] = law.expand(code);
    }
    for (int sample = MIN; sample <= MAX; sample++) {
      codeOf[sample - MIN] = (byte) law.compress(sample);
    }
  }

  /// The sample that one byte means.
  public int sample(byte code) {
    return sampleOf[code & 0xff];
  }

  @Override
  public int sampleHz() {
    return 8000;
  }

  @Override
  public int samplesIn(int length) {
    return length;
  }

  @Override
  public int decode(byte[] payload, int offset, int length, int[] samples, int at) {
    for (int i = 0; i < length; i++) {
      samples[at + i] = sampleOf[payload[offset + i] & 0xff];
    }
    return length;
  }

  @Override
  public int encode(int[] samples, int from, int count, byte[] payload, int at) {
    for (int i = 0; i < count; i++) {
      payload[at + i] = codeOf[Math.clamp(samples[from + i], MIN, MAX) - MIN];
    }
    return count;
  }

  private sealed interface Law {
    int compress(int sample);

    int expand(int code);
  }

  private static final class MuLaw implements Law {
    /// 33 of the 14 bit scale: makes every segment begin at a power of two.
    private static final int BIAS = 33 << 2;

    private static final int CLIP = MAX - BIAS;

    @Override
    public int compress(int sample) {
      int biased = Math.min(Math.abs(sample), CLIP) + BIAS;
      int exponent = 31 - 7 - Integer.numberOfLeadingZeros(biased);
      int mantissa = biased >> (exponent + 3) & 0x0f;
      int sign = sample < 0 ? 0x80 : 0;
      return ~(sign | exponent << 4 | mantissa) & 0xff;
    }

    @Override
    public int expand(int code) {
      int plain = ~code & 0xff;
      int exponent = plain >> 4 & 7;
      int mantissa = plain & 0x0f;
      int magnitude = (((mantissa << 3) + BIAS) << exponent) - BIAS;
      return (plain & 0x80) != 0 ? -magnitude : magnitude;
    }
  }

  private static final class ALaw implements Law {
    private static final int EVEN_BITS = 0x55;

    @Override
    public int compress(int sample) {
      // A-law has no zero of its own: -1 is the first sample below it, so negatives count from
      // there.
      int magnitude = sample < 0 ? -sample - 1 : sample;
      int exponent = Math.max(0, 31 - 7 - Integer.numberOfLeadingZeros(magnitude | 1));
      int mantissa = magnitude >> (exponent == 0 ? 4 : exponent + 3) & 0x0f;
      int sign = sample < 0 ? 0 : 0x80;
      return (sign | exponent << 4 | mantissa) ^ EVEN_BITS;
    }

    @Override
    public int expand(int code) {
      int plain = code ^ EVEN_BITS;
      int exponent = plain >> 4 & 7;
      int mantissa = plain & 0x0f;
      int magnitude =
          exponent == 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
      return (plain & 0x80) != 0 ? magnitude : -magnitude;
    }
  }
}
