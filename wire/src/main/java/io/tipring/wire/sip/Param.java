package io.tipring.wire.sip;

import java.util.Locale;
import java.util.Optional;

/// One parameter of a URI or a header, or one header of a URI.
///
/// The value is kept as it was written, with its quotes or escapes; [#text()] is what it says.
public record Param(String name, Optional<String> value) {
  public Param(String name) {
    this(name, Optional.empty());
  }

  public Param(String name, String value) {
    this(name, Optional.of(value));
  }

  public Param {
    if (name.isEmpty() || breaksLine(name) || value.filter(Param::breaksLine).isPresent()) {
      throw new IllegalArgumentException("a parameter needs a name, and cannot hold a line break");
    }
  }

  /// The value without quotes; empty when there is none.
  public String text() {
    String raw = value.orElse("");
    return raw.startsWith("\"") ? QuotedString.unquote(raw) : raw;
  }

  boolean named(String other) {
    return name.equalsIgnoreCase(other);
  }

  void writeTo(StringBuilder out) {
    out.append(name);
    value.ifPresent(v -> out.append('=').append(v));
  }

  /// The name for comparisons: lower case, escapes undone (RFC 3261 19.1.4).
  String comparableName() {
    return Escapes.comparable(name).toLowerCase(Locale.ROOT);
  }

  private static boolean breaksLine(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
  }
}
