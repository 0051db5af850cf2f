package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.CSeq;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipResponse;
import java.util.List;
import java.util.Optional;

/// Our INVITE was challenged (RFC 3261 22.2, 22.3); the owner looks for credentials.
record Challenged(
    Role.Caller caller, Negotiation negotiation, SipResponse challenge, long deadlineNanos)
    implements SessionState {
  @Override
  public String callId() {
    return caller.invite().headers().callId();
  }

  @Override
  public String localTag() {
    return caller.invite().headers().from().tag().orElse("");
  }

  @Override
  public long wakeAtNanos() {
    return deadlineNanos;
  }

  SessionState on(SessionIn in, Turn turn) {
    return switch (in) {
      case SessionCommand.Retry(List<Header> credentials) ->
          credentials.isEmpty() ? ended(EndCause.REFUSED, turn) : again(credentials, turn);
      case SessionCommand.HangUp _ -> ended(EndCause.LOCAL_CANCEL, turn);
      case SessionIn.Wake() when turn.nowNanos >= deadlineNanos -> ended(EndCause.REFUSED, turn);
      case SessionIn.Request request -> {
        turn.respond(request.ref(), SipResponse.to(request.request(), 481).withToTag(localTag()));
        yield this;
      }
      case SessionIn.Wake(),
          SessionIn.Ack _,
          SessionIn.Response _,
          SessionIn.ClientFailed _,
          SessionIn.ServerFailed _,
          SessionCommand _ ->
          this;
    };
  }

  /// RFC 3261 8.1.3.5, 22.2: same Call-ID, To and From, the next number.
  private SessionState again(List<Header> credentials, Turn turn) {
    SipHeaders headers = caller.invite().headers();
    SipHeaders next =
        headers
            .without("Authorization")
            .without("Proxy-Authorization")
            .replaced("CSeq", new CSeq(caller.seq() + 1, Method.INVITE).toString());
    return Outgoing.calling(
        caller.invite().withHeaders(Usage.added(next, credentials)),
        caller.contact(),
        negotiation,
        turn);
  }

  private SessionState ended(EndCause cause, Turn turn) {
    Optional<String> reason = challenge.headers().first("Reason");
    turn.end(cause, challenge.status(), reason);
    return new SessionState.Closed(callId(), localTag());
  }
}
