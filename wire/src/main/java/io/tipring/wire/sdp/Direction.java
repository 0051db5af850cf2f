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
      for (Direction direction : values()) {
        if (line.type() == 'a' && line.value().equals(direction.token)) {
          return Optional.of(direction);
        }
      }
    }
    return Optional.empty();
  }
}
