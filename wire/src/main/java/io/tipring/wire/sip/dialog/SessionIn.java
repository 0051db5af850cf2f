package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;

/// What an INVITE session is told: by the transaction layer, by the clock, and by its owner
/// ([SessionCommand]).
public sealed interface SessionIn
    permits SessionIn.FromTransactions, SessionIn.Wake, SessionCommand {

  /// `wakeAtNanos` has come.
  record Wake() implements SessionIn {}

  sealed interface FromTransactions extends SessionIn {}

  /// A request of this session, but ACK: CANCEL comes to the session of its INVITE, all others by
  /// Call-ID and To tag.
  record Request(ServerKey ref, SipRequest request) implements FromTransactions {}

  /// The ACK of a 2xx.
  record Ack(SipRequest ack) implements FromTransactions {}

  record Response(ClientKey ref, SipResponse response) implements FromTransactions {}

  record ClientFailed(ClientKey ref, Failure failure) implements FromTransactions {}

  record ServerFailed(ServerKey ref, Failure failure) implements FromTransactions {}
}
