package io.tipring.wire.sdp;

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
    return lines.stream()
        .filter(line -> line.isAttribute(name))
        .map(line -> Attribute.of(line).value().orElse(""))
        .toList();
  }
}
