package io.tipring.edge.sip;

import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;

/// Port: the layer above the transactions (RFC 3261 calls it the transaction user). Called on the
/// lane; it may call the table back from within.
public interface TransactionUser {
  /// A new request, but neither ACK nor CANCEL. [TransactionTable#respond] is due.
  void onRequest(ServerKey ref, FlowId flow, SipRequest request);

  /// A CANCEL of an INVITE that has no final response yet. Two answers are due: one to `ref`, one
  /// to `invite`. A CANCEL that comes too late or means nothing we know has been answered by the
  /// table.
  void onCancel(ServerKey ref, ServerKey invite, SipRequest cancel);

  /// An ACK that belongs to no failed INVITE: that of a 2xx, by Call-ID and tags, or a stray.
  void onAck(FlowId flow, SipRequest ack);

  /// A response to what was sent, copies taken out but for the 2xx of an INVITE.
  void onResponse(ClientKey ref, FlowId flow, SipResponse response);

  /// No final response will come.
  void onClientFailed(ClientKey ref, Failure failure);

  /// The final response was never acknowledged, or could not be sent.
  void onServerFailed(ServerKey ref, Failure failure);

  /// Nothing more goes through that flow; the transactions on it have been told before.
  void onFlowLost(FlowId flow, FlowLoss why);
}
