package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.CSeq;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.Uri;

/// Small messages, as few headers as a transaction looks at.
final class Messages {
  private Messages() {}

  static SipRequest request(String method) {
    return request(method, "SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKone");
  }

  static SipRequest request(String method, String via) {
    Method token = Method.of(method);
    SipHeaders headers =
        SipHeaders.builder()
            .add("Via", via)
            .add("Route", "<sip:proxy.example;lr>")
            .add("Max-Forwards", "70")
            .add("From", "<sip:them@192.0.2.2>;tag=theirs")
            .add("To", "<sip:us@192.0.2.1>")
            .add("Call-ID", "call")
            .add("CSeq", new CSeq(7, token))
            .build();
    return new SipRequest(token, Uri.parse("sip:us@192.0.2.1"), headers, Body.EMPTY);
  }

  static SipResponse response(SipRequest request, int status) {
    return SipResponse.to(request, status).withToTag("ours");
  }
}
