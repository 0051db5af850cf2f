package io.tipring.media.spec;

/// Which way sound flows, seen from us (RFC 3264 5.1: `sendrecv`, `sendonly`, `recvonly`,
/// `inactive`).
public enum Direction {
  SEND_RECEIVE,
  SEND_ONLY,
  RECEIVE_ONLY,
  INACTIVE;

  public boolean sends() {
    return this == SEND_RECEIVE || this == SEND_ONLY;
  }

  public boolean receives() {
    return this == SEND_RECEIVE || this == RECEIVE_ONLY;
  }
}
