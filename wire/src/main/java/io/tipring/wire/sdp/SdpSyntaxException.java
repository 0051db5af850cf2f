package io.tipring.wire.sdp;

/// A session description that cannot be understood.
public final class SdpSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String what;

  SdpSyntaxException(String what) {
    this(0, what);
  }

  SdpSyntaxException(int line, String what) {
    super(line == 0 ? what : "line " + line + ": " + what);
    this.line = line;
    this.what = what;
  }

  /// Counted from 1; 0 when the description as a whole is wrong.
  public int line() {
    return line;
  }

  /// What is wrong, fit for a Warning header: ASCII, short, and nothing the peer wrote.
  public String what() {
    return what;
  }

  SdpSyntaxException at(int number) {
    return new SdpSyntaxException(number, what);
  }
}
