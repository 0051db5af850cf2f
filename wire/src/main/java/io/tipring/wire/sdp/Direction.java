package io.tipring.wire.sdp;

import java.util.List;
import java.util.Optional;

/// Which way media flows, seen from whoever wrote the description (RFC 8866 6.7).
public enum Direction {
  SENDRECV("sendrecv", true, true),
  SENDONLY("sendonly", true, false),
  RECVONLY("recvonly", false, true),
  INACTIVE("inactive", false, false);

  private final String token;
  private final boolean sends;
  private final boolean receives;

  Direction(String token, boolean sends, boolean receives) {
    this.token = token;
    this.sends = sends;
    this.receives = receives;
  }

  /// The attribute's name.
  public String token() {
    return token;
  }

  public boolean sends() {
    return sends;
  }

  public boolean receives() {
    return receives;
  }

  public static Direction of(boolean sends, boolean receives) {
    return sends ? receives ? SENDRECV : SENDONLY : receives ? RECVONLY : INACTIVE;
  }

  /// The same stream seen from the other end.
  public Direction reversed() {
    return of(receives, sends);
  }

  /// What flows when both must want it.
  public Direction and(Direction other) {
    return of(sends && other.sends, receives && other.receives);
  }

  static Optional<Direction> in(List<SdpLine> lines) {
    for (SdpLine line : lines) {
      Optional<Direction> direction = line.type() == 'a' ? named(line.value()) : Optional.empty();
      if (direction.isPresent()) {
        return direction;
      }
    }
    return Optional.empty();
  }

  private static Optional<Direction> named(String token) {
    return switch (token) {
      case "sendrecv" -> Optional.of(SENDRECV);
      case "sendonly" -> Optional.of(SENDONLY);
      case "recvonly" -> Optional.of(RECVONLY);
      case "inactive" -> Optional.of(INACTIVE);
      default -> Optional.empty();
    };
  }
}
