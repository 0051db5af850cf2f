package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;

/// One telephone of perhaps several that our INVITE has made ring.
///
/// @param rseq number of its last reliable provisional, 0 before the first
/// @param preview the description in an unreliable provisional
record EarlyDialog(Usage usage, long rseq, Body preview) {
  boolean isOf(String remoteTag) {
    return usage.dialog().remoteTag().equals(remoteTag);
  }

  EarlyDialog with(Usage next) {
    return new EarlyDialog(next, rseq, preview);
  }
}
