package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.Optional;

/// What joins a response to its client transaction: top Via branch and CSeq method (RFC 3261
/// 17.1.3).
public record ClientKey(String branch, Method method) {

  public static ClientKey of(SipRequest request) {
    return new ClientKey(request.headers().topVia().branch().orElse(""), request.method());
  }

  /// Empty when the response carries no branch: then it cannot be ours.
  public static Optional<ClientKey> of(SipResponse response) {
    Method method = response.headers().cseq().method();
    return response.headers().topVia().branch().map(branch -> new ClientKey(branch, method));
  }
}
