package io.tipring.core.control;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How an application is reached, and what is done when it is not.
///
/// @param application its name in the configuration
/// @param onLoss when it was there and is gone
/// @param fallback who takes over from one that cannot be reached, says nothing, or is lost
public record RemoteSettings(
    String application,
    URI url,
    LossPolicy onLoss,
    Optional<String> fallback,
    Patience patience,
    Limits limits) {

  /// How long what is waited for.
  ///
  /// @param handshake for one attempt at a connection
  /// @param reach for the first connection, however many attempts that takes
  /// @param firstAnswer for its first word on a connection
  /// @param lost for it to come back, with [LossPolicy#FALLBACK] and [LossPolicy#HANG_UP]
  /// @param keepFor the same with [LossPolicy#KEEP]
  /// @param slow for it to read on
  /// @param goodbye for it to hear the last events of its call
  public record Patience(
      Duration handshake,
      Duration reach,
      Duration firstAnswer,
      Duration lost,
      Duration keepFor,
      Duration slow,
      Duration goodbye) {
    public static final Patience STANDARD =
        new Patience(
            Duration.ofMillis(1_500),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));
  }

  /// How much is admitted.
  ///
  /// @param messageBytes the longest message of the application
  /// @param operations in progress per call; told to the application, enforced by the call
  /// @param tail events kept for an application that does not read or is away
  /// @param errors messages in a row that could not be understood
  public record Limits(int messageBytes, int operations, int tail, int errors) {
    public static final Limits STANDARD = new Limits(65_536, 32, 1_000, 100);
  }

  /// Kept while it is away, with the usual times.
  public static RemoteSettings of(String application, URI url) {
    return new RemoteSettings(
        application, url, LossPolicy.KEEP, Optional.empty(), Patience.STANDARD, Limits.STANDARD);
  }
}
