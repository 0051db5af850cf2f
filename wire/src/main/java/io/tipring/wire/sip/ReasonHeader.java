package io.tipring.wire.sip;

/// `Reason` (RFC 3326): why a request was sent, in another protocol's words.
public final class ReasonHeader {
  public static final String NAME = "Reason";

  private ReasonHeader() {}

  /// @param cause of ITU-T Q.850, 1..127
  public static Header q850(int cause) {
    return new Header(NAME, "Q.850;cause=" + cause + ";text=\"" + text(cause) + "\"");
  }

  /// The names that Q.850 gives to its causes, for those we send.
  private static String text(int cause) {
    return switch (cause) {
      case 1 -> "Unallocated number";
      case 16 -> "Normal call clearing";
      case 17 -> "User busy";
      case 19 -> "No answer from user";
      case 21 -> "Call rejected";
      case 27 -> "Destination out of order";
      case 31 -> "Normal, unspecified";
      case 41 -> "Temporary failure";
      case 42 -> "Switching equipment congestion";
      case 79 -> "Service or option not implemented";
      case 102 -> "Recovery on timer expiry";
      default -> "Cause " + cause;
    };
  }
}
