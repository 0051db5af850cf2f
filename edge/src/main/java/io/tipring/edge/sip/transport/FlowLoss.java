package io.tipring.edge.sip.transport;

/// Why nothing more goes through a flow.
public enum FlowLoss {
  /// The peer closed the connection, or reset it.
  CLOSED_BY_PEER,
  /// The peer does not take what we send as fast as we have it.
  SLOW,
  /// Nothing came for the idle deadline.
  IDLE,
  /// A message was begun and not finished in time.
  STALLED,
  /// All connections together keep as much as they may, and this one wanted to add to it.
  CROWDED,
  /// What came cannot be cut into messages any more.
  GARBAGE,
  /// The connection could not be made, or not in time.
  UNREACHABLE,
  /// There is no such connection (any more).
  UNKNOWN,
  /// The message does not fit into a datagram.
  TOO_LARGE,
  /// Too many connections.
  REFUSED,
  /// We are going down.
  SHUTDOWN
}
