package io.tipring.edge.sip.transport;

import java.util.Locale;
import java.util.Optional;

/// How SIP messages travel; the token is that of Via (RFC 3261 20.42).
public enum Transport {
  UDP,
  TCP;

  /// The port when none is written (RFC 3261 19.1.2).
  public static final int DEFAULT_PORT = 5060;

  /// Whether it delivers by itself, so that transactions need not retransmit (RFC 3261 17).
  public boolean isReliable() {
    return switch (this) {
      case UDP -> false;
      case TCP -> true;
    };
  }

  /// The transport of a Via or of a `transport` parameter, without case; empty for one that we do
  /// not speak.
  public static Optional<Transport> of(String token) {
    return switch (token.toUpperCase(Locale.ROOT)) {
      case "UDP" -> Optional.of(UDP);
      case "TCP" -> Optional.of(TCP);
      default -> Optional.empty();
    };
  }
}
