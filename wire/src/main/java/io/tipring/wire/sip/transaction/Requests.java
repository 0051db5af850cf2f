package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// The two requests that are made from an INVITE as it was sent, hop by hop.
public final class Requests {
  private Requests() {}

  /// The ACK of a 300-699, part of the INVITE's own transaction (RFC 3261 17.1.1.3).
  public static SipRequest ackOfFailure(SipRequest invite, SipResponse failure) {
    SipHeaders.Builder headers = shared(invite, Method.ACK);
    // RFC 3261 17.1.1.3: To is the response's, with its tag.
    headers.add("To", failure.headers().first("To").orElseThrow());
    // RFC 3261 22.1
    invite.headers().credentials().forEach(headers::add);
    return new SipRequest(Method.ACK, invite.uri(), headers.build(), Body.EMPTY);
  }

  /// The CANCEL of an INVITE (RFC 3261 9.1). Only for one that has got a provisional and no final
  /// response.
  public static SipRequest cancel(SipRequest invite) {
    SipHeaders.Builder headers = shared(invite, Method.CANCEL);
    headers.add("To", invite.headers().first("To").orElseThrow());
    return new SipRequest(Method.CANCEL, invite.uri(), headers.build(), Body.EMPTY);
  }

  // One Via, the INVITE's topmost, so that the next hop finds its transaction; the same Route, so
  // that it gets there.
  private static SipHeaders.Builder shared(SipRequest invite, Method method) {
    SipHeaders from = invite.headers();
    SipHeaders.Builder headers = SipHeaders.builder();
    headers.add("Via", from.topVia());
    from.all("Route").forEach(route -> headers.add("Route", route));
    headers.add("Max-Forwards", "70");
    headers.add("From", from.first("From").orElseThrow());
    headers.add("Call-ID", from.callId());
    headers.add("CSeq", from.cseq().number() + " " + method.token());
    return headers;
  }
}
