package io.tipring.core.lane;

/// Where ids, tags, branches, SSRCs and key material come from: SecureRandom in production, a seed
/// in the World.
public interface Randomness {
  /// Fills `bytes` whole.
  void fill(byte[] bytes);

  default long nextLong() {
    byte[] bytes = new byte[Long.BYTES];
    fill(bytes);
    long value = 0;
    for (byte b : bytes) {
      value = value << 8 | (b & 0xff);
    }
    return value;
  }
}
