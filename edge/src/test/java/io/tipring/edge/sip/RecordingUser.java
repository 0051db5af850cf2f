package io.tipring.edge.sip;

import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Writes down what the table tells it, one line each; answers requests if told how.
final class RecordingUser implements TransactionUser {
  final List<String> heard = new ArrayList<>();
  final List<ServerKey> requests = new ArrayList<>();
  BiConsumer<ServerKey, SipRequest> onRequest = (_, _) -> {};
  BiConsumer<ClientKey, SipResponse> onResponse = (_, _) -> {};

  @Override
  public void onRequest(ServerKey ref, FlowId flow, SipRequest request) {
    heard.add(request.method() + " " + request.headers().callId());
    requests.add(ref);
    onRequest.accept(ref, request);
  }

  @Override
  public void onCancel(ServerKey ref, ServerKey invite, SipRequest cancel) {
    heard.add("CANCEL of " + invite.id());
    requests.add(ref);
  }

  @Override
  public void onAck(FlowId flow, SipRequest ack) {
    heard.add("ACK " + ack.headers().callId());
  }

  @Override
  public void onResponse(ClientKey ref, FlowId flow, SipResponse response) {
    heard.add(response.status() + " " + ref.method() + " " + ref.branch());
    onResponse.accept(ref, response);
  }

  @Override
  public void onClientFailed(ClientKey ref, Failure failure) {
    heard.add(failure + " " + ref.method() + " " + ref.branch());
  }

  @Override
  public void onServerFailed(ServerKey ref, Failure failure) {
    heard.add("server " + failure + " " + ref.method() + " " + ref.id());
  }

  @Override
  public void onFlowLost(FlowId flow, FlowLoss why) {
    heard.add("lost " + why);
  }
}
