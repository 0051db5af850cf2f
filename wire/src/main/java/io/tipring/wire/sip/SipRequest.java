package io.tipring.wire.sip;

public record SipRequest(Method method, Uri uri, SipHeaders headers, Body body)
    implements SipMessage {
  public SipRequest withUri(Uri newUri) {
    return new SipRequest(method, newUri, headers, body);
  }

  public SipRequest withHeaders(SipHeaders newHeaders) {
    return new SipRequest(method, uri, newHeaders, body);
  }

  public SipRequest withBody(Body newBody) {
    return new SipRequest(method, uri, headers, newBody);
  }
}
