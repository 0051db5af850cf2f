package io.tipring.wire.sip;

/// A request. Immutable.
///
/// @param uri the Request-URI
public record SipRequest(Method method, Uri uri, SipHeaders headers, Body body)
    implements SipMessage {
  public SipRequest withHeaders(SipHeaders newHeaders) {
    return new SipRequest(method, uri, newHeaders, body);
  }

  public SipRequest withBody(Body newBody) {
    return new SipRequest(method, uri, headers, newBody);
  }
}
