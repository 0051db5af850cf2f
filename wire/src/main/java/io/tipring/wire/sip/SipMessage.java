package io.tipring.wire.sip;

/// A SIP message. Immutable.
///
/// `Content-Length` is not among the headers: it is framing, which the parser takes away and the
/// writer puts on.
public sealed interface SipMessage permits SipRequest, SipResponse {
  SipHeaders headers();

  Body body();
}
