package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.transaction.Timers;

/// How a node behaves in all its INVITE sessions.
///
/// @param setupNanos how long a call may take to be answered, both ways: no call rings for ever
/// @param sessionExpiresSeconds the session interval we ask for (RFC 4028), 0 for none
/// @param minSeSeconds the shortest interval we bear, at least 90
/// @param agent User-Agent and Server, empty for none
public record SessionSettings(
    Timers timers, long setupNanos, int sessionExpiresSeconds, int minSeSeconds, String agent) {

  public static final SessionSettings USUAL =
      new SessionSettings(Timers.RFC_3261, 180_000_000_000L, 1_800, 90, "");
}
