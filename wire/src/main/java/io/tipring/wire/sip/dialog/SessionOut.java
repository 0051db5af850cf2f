package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.List;

/// What an INVITE session wants done: four effects and the notices to its owner.
public sealed interface SessionOut permits SessionOut.Effect, SessionNotice {

  sealed interface Effect extends SessionOut {}

  /// Begin a client transaction. The request has no Via yet: the transaction layer puts one on top,
  /// with the branch of `ref`.
  record SendRequest(ClientKey ref, SipRequest request) implements Effect {}

  /// Cancel that INVITE, which has got a provisional: `Requests.cancel` of what was sent, as a
  /// transaction of its own, and [io.tipring.wire.sip.transaction.ClientIn.Cancelled] for the
  /// INVITE's.
  ///
  /// @param headers to add, such as Reason
  record SendCancel(ClientKey invite, List<Header> headers) implements Effect {}

  /// Send the ACK of a 2xx, without any transaction (RFC 3261 13.2.2.4). It has no Via yet; copies
  /// have the same branch.
  record SendAck(String branch, SipRequest ack) implements Effect {}

  /// Hand this to the server transaction; if that is gone (a late copy of a 2xx), to nobody.
  record Respond(ServerKey ref, SipResponse response) implements Effect {}
}
