package io.tipring.api.control;

import java.util.Optional;

/// A place in the events of one call: `epoch:seq`, for example `1763726400:17`. Within an epoch,
/// which is one life of the exchange, `seq` counts from 1 without holes; both stay below 2^53.
///
/// @param epoch when the exchange that counted was started, seconds since 1970
/// @param seq 0 is before the first event
public record Cursor(long epoch, long seq) {
  private static final long MOST = (1L << 53) - 1;

  /// Reads `epoch:seq`; empty when it is none.
  public static Optional<Cursor> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || !text.matches("[0-9]{1,16}:[0-9]{1,16}")) {
      return Optional.empty();
    }
    long epoch = Long.parseLong(text.substring(0, colon));
    long seq = Long.parseLong(text.substring(colon + 1));
    return epoch > MOST || seq > MOST ? Optional.empty() : Optional.of(new Cursor(epoch, seq));
  }

  @Override
  public String toString() {
    return epoch + ":" + seq;
  }
}
