package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ACKs we have sent, to send them again when a 2xx comes again (RFC 3261 13.2.2.4). Kept for
/// 64*T1 each: no longer does a peer repeat its 2xx.
record Acknowledged(List<Entry> entries) {
  static final Acknowledged NONE = new Acknowledged(List.of());

  /// More forks than this answer at once only by malice; the oldest is forgotten.
  private static final int MOST = 32;

  record Entry(ClientKey invite, String remoteTag, SessionOut.SendAck ack, long untilNanos) {}

  Acknowledged with(ClientKey invite, String remoteTag, SessionOut.SendAck ack, Turn turn) {
    var kept = new ArrayList<Entry>();
    entries.stream().filter(entry -> entry.untilNanos() > turn.nowNanos).forEach(kept::add);
    if (kept.size() >= MOST) {
      kept.removeFirst();
    }
    kept.add(new Entry(invite, remoteTag, ack, turn.deadlineNanos()));
    return new Acknowledged(List.copyOf(kept));
  }

  Optional<SessionOut.SendAck> ackOf(ClientKey invite, SipResponse success) {
    String remoteTag = success.headers().to().tag().orElse("");
    return entries.stream()
        .filter(entry -> entry.invite().equals(invite) && entry.remoteTag().equals(remoteTag))
        .map(Entry::ack)
        .findFirst();
  }

  /// When the last of them may be forgotten; in the past when there is none.
  long untilNanos() {
    return entries.stream().mapToLong(Entry::untilNanos).max().orElse(Long.MIN_VALUE);
  }
}
