package io.tipring.edge.http;

import java.net.InetAddress;
import java.util.function.Predicate;

/// The bounds of an [HttpServer].
///
/// @param threads event loops
/// @param connections at one time; the next is closed at once
/// @param lineBytes of the request line
/// @param headerBytes of all header lines together
/// @param bodyBytes of a request
/// @param requestSeconds within which the first request of a connection must be here whole
/// @param idleSeconds within which, after a reply, the client must have taken it and the next
///   request be here whole
/// @param welcome which sources are heard; others are closed at once
public record HttpLimits(
    int threads,
    int connections,
    int lineBytes,
    int headerBytes,
    int bodyBytes,
    int requestSeconds,
    int idleSeconds,
    Predicate<InetAddress> welcome) {
  /// What a server for operators needs.
  public static HttpLimits modest(Predicate<InetAddress> welcome) {
    return new HttpLimits(1, 1_000, 4_096, 16_384, 65_536, 10, 60, welcome);
  }
}
