package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One input being worked on: the time, what the session may draw on, and the outputs so far.
final class Turn {
  final SessionSettings settings;
  final Identifiers identifiers;
  final long nowNanos;
  private final List<SessionOut> out = new ArrayList<>();

  Turn(SessionSettings settings, Identifiers identifiers, long nowNanos) {
    this.settings = settings;
    this.identifiers = identifiers;
    this.nowNanos = nowNanos;
  }

  /// A response and the transaction that it answers.
  record Reply(ServerKey ref, SipResponse response) {}

  List<SessionOut> out() {
    return out;
  }

  void tell(SessionNotice notice) {
    out.add(notice);
  }

  /// Sends a request with a new branch.
  ClientKey send(SipRequest request) {
    ClientKey ref = new ClientKey(identifiers.branch(), request.method());
    out.add(new SessionOut.SendRequest(ref, request));
    return ref;
  }

  void send(SessionOut.Effect effect) {
    out.add(effect);
  }

  void respond(ServerKey ref, SipResponse response) {
    out.add(new SessionOut.Respond(ref, response));
  }

  void respond(Reply reply) {
    respond(reply.ref(), reply.response());
  }

  void end(EndCause cause) {
    end(cause, 0, Optional.empty());
  }

  void end(EndCause cause, int status) {
    end(cause, status, Optional.empty());
  }

  void end(EndCause cause, int status, Optional<String> reason) {
    out.add(new SessionNotice.Ended(cause, status, reason));
  }

  /// 64*T1 from now.
  long deadlineNanos() {
    return nowNanos + settings.timers().timeoutNanos();
  }
}
