package io.tipring.media.tone;

/// Telephone levels. A sine as loud as PCM16 can hold is +3.14 dBm0 (G.711 section 3), so 0 dBm0
/// lies 3.14 dB below it.
public final class Level {
  /// The level of a sine that touches full scale.
  public static final double FULL_SCALE_DBM0 = 3.14;

  private static final double FULL_SCALE = 32_767;

  private Level() {}

  /// The peak, in samples, of a sine of this level.
  public static double peak(double dBm0) {
    return FULL_SCALE
        * StrictMath.pow(10, (Math.min(dBm0, FULL_SCALE_DBM0) - FULL_SCALE_DBM0) / 20);
  }
}
