package io.tipring.edge.sip.transport;

import java.time.Duration;

/// The bounds of SIP over TCP.
///
/// @param connections open ones, both ways
/// @param perSource accepted ones of one address
/// @param queuedBytes what waits to be written to one peer; more closes it as [FlowLoss#SLOW]
/// @param heldBytes what all connections together may keep of messages that have begun to arrive,
///   and of what waits to be written; beyond that whoever adds to more than his share is closed:
///   many slow peers must not fill the heap
/// @param connect how long a connection may take to be made
/// @param message how long a begun message may take to be complete; also a new connection's first
///   one
/// @param idle how long a connection may be silent, keep-alives included
public record TcpLimits(
    int connections,
    int perSource,
    int queuedBytes,
    int heldBytes,
    Duration connect,
    Duration message,
    Duration idle) {
  public static final TcpLimits STANDARD =
      new TcpLimits(
          10_000,
          2_000,
          1 << 20,
          64 << 20,
          Duration.ofSeconds(4),
          Duration.ofSeconds(10),
          Duration.ofMinutes(15));

  public TcpLimits {
    if (connections < 1 || perSource < 1 || queuedBytes < 1 || heldBytes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /// What a connection may keep when all together keep too much.
  int shareBytes() {
    return heldBytes / connections;
  }
}
