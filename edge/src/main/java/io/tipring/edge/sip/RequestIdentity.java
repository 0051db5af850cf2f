package io.tipring.edge.sip;

import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;

/// What a request is, apart from the way it took: two with the same identity and different branches
/// are one that was forked on its way (RFC 3261 8.2.2.2).
record RequestIdentity(String callId, String fromTag, long cseq, Method method) {
  static RequestIdentity of(SipRequest request) {
    SipHeaders headers = request.headers();
    return new RequestIdentity(
        headers.callId(),
        headers.from().tag().orElse(""),
        headers.cseq().number(),
        request.method());
  }
}
