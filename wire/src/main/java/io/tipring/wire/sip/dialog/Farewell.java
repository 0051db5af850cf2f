package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import java.util.List;

/// The session has ended; its owner knows. What is left is politeness: to wait for the answer to
/// our BYE, to acknowledge late copies of a 2xx, to hang up forks that answer late, to answer a BYE
/// that crossed ours.
///
/// @param unanswered a re-INVITE of ours to which nothing has come back: it is cancelled as soon as
///   something does
/// @param endAtNanos when even the politest has waited long enough
record Farewell(
    Dialog dialog,
    Role role,
    Acknowledged acknowledged,
    List<ClientKey> unanswered,
    long endAtNanos)
    implements SessionState {
  @Override
  public String callId() {
    return dialog.callId();
  }

  @Override
  public String localTag() {
    return dialog.localTag();
  }

  @Override
  public long wakeAtNanos() {
    return endAtNanos;
  }

  /// Says BYE (RFC 3261 15.1.1).
  static SessionState bye(
      Usage usage, Role role, Acknowledged acknowledged, List<Header> headers, Turn turn) {
    Usage advanced = usage.advanced();
    SipRequest bye = advanced.request(Method.BYE, turn);
    turn.send(bye.withHeaders(Usage.added(bye.headers(), headers)));
    return new Farewell(
        advanced.dialog(), role, acknowledged, OurChange.unanswered(usage), turn.deadlineNanos());
  }

  /// Nothing needs to be said.
  static SessionState silent(Usage usage, Role role, Acknowledged acknowledged, Turn turn) {
    return new Farewell(
            usage.dialog(), role, acknowledged, OurChange.unanswered(usage), turn.deadlineNanos())
        .settled(turn);
  }

  /// Our BYE is answered, or none was sent: no longer than the others may need.
  private SessionState settled(Turn turn) {
    long until = unanswered.isEmpty() ? acknowledged.untilNanos() : turn.deadlineNanos();
    return until > turn.nowNanos
        ? new Farewell(dialog, role, acknowledged, unanswered, until)
        : new SessionState.Closed(callId(), localTag());
  }

  SessionState on(SessionIn in, Turn turn) {
    return switch (in) {
      case SessionIn.Request request -> {
        answer(request, turn);
        yield this;
      }
      case SessionIn.Response(ClientKey ref, SipResponse response) -> response(ref, response, turn);
      case SessionIn.ClientFailed failed when failed.ref().method().equals(Method.BYE) ->
          settled(turn);
      case SessionIn.ClientFailed failed when unanswered.contains(failed.ref()) -> answered();
      case SessionIn.Wake() when turn.nowNanos >= endAtNanos ->
          new SessionState.Closed(callId(), localTag());
      case SessionIn.Wake(),
          SessionIn.Ack _,
          SessionIn.ClientFailed _,
          SessionIn.ServerFailed _,
          SessionCommand _ ->
          this;
    };
  }

  private SessionState response(ClientKey ref, SipResponse response, Turn turn) {
    if (unanswered.contains(ref)) {
      if (response.isProvisional()) {
        // RFC 3261 9.1: now it may be cancelled; otherwise it would ring for ever.
        turn.send(new SessionOut.SendCancel(ref, List.of()));
      }
      return answered();
    }
    if (ref.method().equals(Method.INVITE) && response.isSuccess()) {
      Acknowledged next = Role.lateSuccess(role, ref, response, acknowledged, turn);
      return new Farewell(dialog, role, next, unanswered, Math.max(endAtNanos, next.untilNanos()));
    }
    boolean byeAnswered = ref.method().equals(Method.BYE) && !response.isProvisional();
    return byeAnswered ? settled(turn) : this;
  }

  private Farewell answered() {
    return new Farewell(dialog, role, acknowledged, List.of(), endAtNanos);
  }

  private void answer(SessionIn.Request in, Turn turn) {
    Method method = in.request().method();
    // RFC 3261 15.1.2: a BYE that crossed ours is fine; RFC 3261 9.2: so is a CANCEL that comes too
    // late.
    boolean fine =
        (method.equals(Method.BYE) && dialog.isOf(in.request())) || method.equals(Method.CANCEL);
    int status = fine ? 200 : 481;
    turn.respond(in.ref(), SipResponse.to(in.request(), status).withToTag(dialog.localTag()));
  }
}
