package io.tipring.edge.sip.transport;

/// What the sockets count.
public enum SocketMeter {
  DATAGRAMS_IN,
  DATAGRAMS_OUT,
  /// Thrown away unparsed: the door does not admit the source.
  DATAGRAMS_SHED,
  /// The kernel had no room for what we sent; SIP retransmits.
  DATAGRAMS_OUT_DROPPED,
  /// The system refused a datagram we sent: no route, too large.
  DATAGRAMS_OUT_FAILED,
  /// Requests of more than 1,300 bytes sent as datagrams, against RFC 3261 18.1.1: they may be
  /// fragmented on the way.
  REQUESTS_OVER_MTU,
  CONNECTIONS_ACCEPTED,
  CONNECTIONS_MADE,
  CONNECTIONS_REFUSED,
  CONNECTIONS_LOST_SLOW,
  CONNECTIONS_LOST_IDLE,
  CONNECTIONS_LOST_CROWDED,
  CONNECTIONS_LOST_GARBAGE,
  CONNECTIONS_LOST_UNREACHABLE,
  /// Reading was paused since the exchange is overloaded.
  READS_PAUSED,
  MESSAGES_IN,
  MESSAGES_OUT,
  KEEP_ALIVES,
  /// An exception on a transport thread: a fault of ours.
  FAILURES
}
