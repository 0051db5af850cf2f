package io.tipring.media.tone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rhythm of a call-progress tone: stretches of tone and of silence, over and over.
///
/// @param stretches in order; a single one without end is a continuous tone
public record Cadence(List<Stretch> stretches) {
  /// A stretch that lasts until it is stopped.
  public static final int CONTINUOUS = 0;

  public Cadence {
    stretches = List.copyOf(stretches);
    if (stretches.isEmpty()) {
      throw new IllegalArgumentException("a cadence needs a stretch");
    }
  }

  /// Whether it is one tone without a rhythm.
  public boolean continuous() {
    return stretches.getFirst().millis() == CONTINUOUS;
  }

  /// @param hertz the frequencies that sound together; none is silence
  /// @param millis how long, or [#CONTINUOUS]
  /// @param dBm0 level of each frequency
  public record Stretch(List<Double> hertz, int millis, double dBm0) {
    public Stretch {
      hertz = List.copyOf(hertz);
    }
  }

  static Cadence steady(double... hertz) {
    return new Cadence(List.of(tone(CONTINUOUS, hertz)));
  }

  /// @param onOff milliseconds of tone and of silence in turn
  static Cadence beat(double[] hertz, int... onOff) {
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < onOff.length; i++) {
      stretches.add(i % 2 == 0 ? tone(onOff[i], hertz) : tone(onOff[i]));
    }
    return new Cadence(stretches);
  }

  static Stretch tone(int millis, double... hertz) {
    // Two tones at -13 dBm0 are together as loud as one at -10 (E.180: -10 +- 5 dBm0).
    double dBm0 = hertz.length > 1 ? -13 : -10;
    return new Stretch(Arrays.stream(hertz).boxed().toList(), millis, dBm0);
  }
}
