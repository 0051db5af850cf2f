package io.tipring.wire.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An `a=` line taken apart: `a=name` or `a=name:value`.
public record Attribute(String name, Optional<String> value) {
  static Attribute of(SdpLine line) {
    int colon = line.value().indexOf(':');
    return colon < 0
        ? new Attribute(line.value(), Optional.empty())
        : new Attribute(
            line.value().substring(0, colon), Optional.of(line.value().substring(colon + 1)));
  }

  static List<Attribute> allOf(List<SdpLine> lines) {
    return lines.stream().filter(line -> line.type() == 'a').map(Attribute::of).toList();
  }

  static List<String> values(List<SdpLine> lines, String name) {
    List<String> values = new ArrayList<>(2);
    for (SdpLine line : lines) {
      if (line.isAttribute(name)) {
        values.add(valueOf(line, name));
      }
    }
    return List.copyOf(values);
  }

  /// The value of the first `a=name`; `""` when it has none.
  static Optional<String> first(List<SdpLine> lines, String name) {
    for (SdpLine line : lines) {
      if (line.isAttribute(name)) {
        return Optional.of(valueOf(line, name));
      }
    }
    return Optional.empty();
  }

  private static String valueOf(SdpLine line, String name) {
    String text = line.value();
    return text.length() == name.length() ? "" : text.substring(name.length() + 1);
  }
}
