package io.tipring.media.tone;

import static io.tipring.media.tone.Cadence.beat;
import static io.tipring.media.tone.Cadence.steady;

import io.tipring.media.spec.Source.Progress.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a telephone sounds like in each country: dial, ringback, busy and congestion (ITU-T E.180,
/// Supplement 2). A country that is not in the table sounds like E.180's own recommendation.
public final class ProgressTones {
  private static final Map<String, Country> COUNTRIES = new LinkedHashMap<>();

  /// E.180: 425 Hz; ringback 1 s in 5, busy and congestion by speed.
  private static final Country RECOMMENDED = oneTone(425, beat(hz(425), 1000, 4000), 500, 250);

  /// Busy, but every second tone is 10 dB fainter.
  private static final Cadence AUSTRALIAN_CONGESTION =
      new Cadence(
          List.of(
              Cadence.tone(375, 425),
              Cadence.tone(375),
              new Cadence.Stretch(List.of(425.0), 375, -20),
              Cadence.tone(375)));

  static {
    Country northAmerica =
        new Country(
            steady(350, 440),
            beat(hz(440, 480), 2000, 4000),
            beat(hz(480, 620), 500, 500),
            beat(hz(480, 620), 250, 250));
    put("US", northAmerica);
    put("CA", northAmerica);
    put("DE", oneTone(425, beat(hz(425), 1000, 4000), 480, 240));
    put("NL", oneTone(425, beat(hz(425), 1000, 4000), 500, 250));
    put("AT", oneTone(420, beat(hz(420), 1000, 5000), 400, 200));
    put("CH", oneTone(425, beat(hz(425), 1000, 4000), 500, 200));
    put("BE", oneTone(425, beat(hz(425), 1000, 3000), 500, 167));
    put(
        "GB",
        new Country(
            steady(350, 440),
            beat(hz(400, 450), 400, 200, 400, 2000),
            beat(hz(400), 375, 375),
            beat(hz(400), 400, 350, 225, 525)));
    put("IE", oneTone(425, beat(hz(400, 450), 400, 200, 400, 2000), 500, 250));
    put("FR", oneTone(440, beat(hz(440), 1500, 3500), 500, 250));
    put(
        "IT",
        new Country(
            beat(hz(425), 200, 200, 600, 1000),
            beat(hz(425), 1000, 4000),
            beat(hz(425), 500, 500),
            beat(hz(425), 200, 200)));
    put(
        "ES",
        new Country(
            steady(425),
            beat(hz(425), 1500, 3000),
            beat(hz(425), 200, 200),
            beat(hz(425), 200, 200, 200, 200, 200, 600)));
    put(
        "AU",
        new Country(
            steady(413, 438),
            beat(hz(413, 438), 400, 200, 400, 2000),
            beat(hz(425), 375, 375),
            AUSTRALIAN_CONGESTION));
    // Japan rings with 400 Hz, modulated at 15 to 20 Hz: heard, that is its two sidebands.
    put("JP", oneTone(400, beat(hz(384, 416), 1000, 2000), 500, 500));
  }

  private ProgressTones() {}

  /// @param country ISO 3166 alpha-2 in any case, or `""`
  public static Cadence of(Signal signal, String country) {
    Country table = COUNTRIES.getOrDefault(country.toUpperCase(Locale.ROOT), RECOMMENDED);
    return switch (signal) {
      case DIAL -> table.dial();
      case RINGBACK -> table.ringback();
      case BUSY -> table.busy();
      case CONGESTION -> table.congestion();
    };
  }

  private static void put(String country, Country tones) {
    COUNTRIES.put(country, tones);
  }

  /// Most countries: one frequency for all but perhaps the ringback, busy and congestion as long
  /// silent as they sound.
  private static Country oneTone(
      double hertz, Cadence ringback, int busyMillis, int congestionMillis) {
    return new Country(
        steady(hertz),
        ringback,
        beat(hz(hertz), busyMillis, busyMillis),
        beat(hz(hertz), congestionMillis, congestionMillis));
  }

  private static double[] hz(double... hertz) {
    return hertz;
  }

  private record Country(Cadence dial, Cadence ringback, Cadence busy, Cadence congestion) {}
}
