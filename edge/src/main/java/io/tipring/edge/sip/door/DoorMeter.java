package io.tipring.edge.sip.door;

/// What the SIP door counts.
public enum DoorMeter {
  /// Messages handed to the exchange.
  PASSED,
  /// Datagrams and connections from sources that we do not serve.
  FOREIGN,
  /// Datagrams and connections from sources that keep scanning.
  SILENCED,
  /// Requests answered 503 since the exchange is overloaded.
  SHED,
  /// ACKs of such answers.
  SHED_ACKS,
  /// Requests that break the grammar, answered 400 or the like.
  UNACCEPTABLE,
  /// What cannot even be answered.
  GARBAGE,
  KEEP_ALIVES,
  /// Exceptions behind the door: a fault of ours.
  FAULTS
}
