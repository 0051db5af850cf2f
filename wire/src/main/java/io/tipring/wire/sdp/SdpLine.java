package io.tipring.wire.sdp;

/// One line, `type=value`, as it stood in the description.
///
/// @param type the letter before the `=`
/// @param value what follows, one `char` per byte (see [SessionDescription#bytes()])
public record SdpLine(char type, String value) {
  public SdpLine {
    if (!isLetter(type)) {
      throw new IllegalArgumentException("not a line type: " + type);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0 || c > 0xFF) {
        throw new IllegalArgumentException("not a byte of one line: " + (int) c);
      }
    }
  }

  /// `a=name:value`.
  public static SdpLine attribute(String name, String value) {
    return new SdpLine('a', name + ":" + value);
  }

  /// `a=name`, a property attribute (RFC 8866 5.13).
  public static SdpLine flag(String name) {
    return new SdpLine('a', name);
  }

  /// Whether this is `a=name` or `a=name:...`; attribute names keep their case (RFC 8866 9).
  public boolean isAttribute(String name) {
    return type == 'a'
        && value.startsWith(name)
        && (value.length() == name.length() || value.charAt(name.length()) == ':');
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  @Override
  public String toString() {
    return type + "=" + value;
  }
}
