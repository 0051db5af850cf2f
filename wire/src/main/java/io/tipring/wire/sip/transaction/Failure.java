package io.tipring.wire.sip.transaction;

/// Why a transaction gave up. To its user a timeout is like a 408, a transport error like a 503
/// (RFC 3261 8.1.3.1).
public enum Failure {
  TIMEOUT,
  TRANSPORT
}
