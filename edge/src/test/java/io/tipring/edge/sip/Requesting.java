package io.tipring.edge.sip;

import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.Uri;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Requests and flows as tests need them.
final class Requesting {
  static final InetSocketAddress ALICE =
      new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 5060);
  static final InetSocketAddress BOB =
      new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 5060);
  static final FlowId UDP_AT_BOB = FlowId.datagrams(BOB, ALICE);
  static final FlowId TCP_AT_BOB = new FlowId(Transport.TCP, BOB, ALICE, 7);

  private Requesting() {}

  /// Without Via.
  static SipRequest request(Method method, String callId, long cseq) {
    SipHeaders headers =
        SipHeaders.builder()
            .add("From", "<sip:alice@10.0.0.1>;tag=a")
            .add("To", "<sip:bob@10.0.0.2>")
            .add("Call-ID", callId)
            .add("CSeq", cseq + " " + method)
            .add("Max-Forwards", "70")
            .build();
    return new SipRequest(method, Uri.parse("sip:bob@10.0.0.2"), headers, Body.EMPTY);
  }

  /// As it arrives.
  static SipRequest request(Method method, String callId, long cseq, String branch) {
    return via(request(method, callId, cseq), branch);
  }

  static SipRequest via(SipRequest request, String branch) {
    String via = "SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK" + branch;
    return request.withHeaders(request.headers().prepended("Via", via));
  }

  static SipRequest inDialog(SipRequest request, String toTag) {
    return request.withHeaders(request.headers().replaced("To", "<sip:bob@10.0.0.2>;tag=" + toTag));
  }
}
