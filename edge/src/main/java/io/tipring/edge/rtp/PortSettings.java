package io.tipring.edge.rtp;

import io.tipring.media.spec.MediaPlane.Family;
import java.util.List;

/// Which ports media uses.
///
/// @param first lowest port, even
/// @param last highest port, odd
/// @param stock pairs kept bound ahead, for each family
/// @param restMillis how long a pair rests after its leg, 1,000 or more
/// @param families those to keep in stock
public record PortSettings(int first, int last, int stock, int restMillis, List<Family> families) {
  public PortSettings {
    families = List.copyOf(families);
    if (first < 1_024 || first % 2 != 0 || last > 65_535 || last % 2 != 1 || last < first) {
      throw new IllegalArgumentException(
          "media ports must begin even, at 1024 or more, and end odd: " + first + " to " + last);
    }
    if (stock < 1 || restMillis < 1_000 || families.isEmpty()) {
      throw new IllegalArgumentException(
          "stock must be 1 or more, restMillis 1000 or more, with a family at least: "
              + stock
              + ", "
              + restMillis
              + ", "
              + families);
    }
  }

  int pairs() {
    return (last - first + 1) / 2;
  }
}
