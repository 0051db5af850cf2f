package io.tipring.wire.sip;

import java.util.List;

/// A response. The status is 100 to 699; the reason phrase may be empty.
public record SipResponse(int status, String reason, SipHeaders headers, Body body)
    implements SipMessage {
  private static final List<String> COPIED = List.of("Via", "From", "To", "Call-ID", "CSeq");

  public SipResponse {
    if (status < 100 || status > 699) {
      throw new SipSyntaxException("Status-Line", "status outside 100 to 699");
    }
    if (reason.indexOf('\r') >= 0 || reason.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a reason phrase cannot hold a line break");
    }
  }

  /// The response to a request as RFC 3261 8.2.6.2 builds it: Via, From, To, Call-ID and CSeq are
  /// the request's own. The tag of To is the caller's to add; `Timestamp` goes along with 100
  /// (8.2.6.1).
  public static SipResponse to(SipRequest request, int status, String reason) {
    var headers = SipHeaders.builder();
    for (Header h : request.headers().list()) {
      if (isCopied(h.name()) || (status == 100 && h.named("Timestamp"))) {
        headers.add(h);
      }
    }
    SipHeaders copied = headers.build().knowing(request.headers(), name -> !isCopied(name));
    return new SipResponse(status, reason, copied, Body.EMPTY);
  }

  private static boolean isCopied(String name) {
    for (String copied : COPIED) {
      if (HeaderNames.same(name, copied)) {
        return true;
      }
    }
    return false;
  }

  /// As [#to(SipRequest, int, String)] with the usual phrase.
  public static SipResponse to(SipRequest request, int status) {
    return to(request, status, ReasonPhrase.of(status));
  }

  public SipResponse withHeaders(SipHeaders newHeaders) {
    return new SipResponse(status, reason, newHeaders, body);
  }

  public SipResponse withBody(Body newBody) {
    return new SipResponse(status, reason, headers, newBody);
  }

  /// This with the tag on its To, unless there is one already (RFC 3261 8.2.6.2).
  public SipResponse withToTag(String tag) {
    NameAddr to = headers.to();
    return to.tag().isPresent() ? this : withHeaders(headers.withTo(to.withTag(tag)));
  }

  public boolean isProvisional() {
    return status < 200;
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
