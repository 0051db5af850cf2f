package io.tipring.edge.sip;

import io.tipring.wire.sip.transaction.Timers;
import java.time.Duration;

/// The bounds of a transaction table.
///
/// @param limit live transactions above which new requests outside of dialogs get 503; those inside
///   get a quarter more
/// @param unansweredInvite how long an INVITE may stay without a final response before the table
///   says 500 itself: a net under the user's own, shorter deadline
public record TransactionSettings(Timers timers, int limit, Duration unansweredInvite) {
  public static final TransactionSettings STANDARD =
      new TransactionSettings(Timers.RFC_3261, 200_000, Duration.ofMinutes(10));

  public TransactionSettings {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be positive");
    }
  }
}
