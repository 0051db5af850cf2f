package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import java.util.List;
import java.util.Optional;

/// Who sent the first INVITE. It matters after the answer too: other forks may still answer a
/// caller.
sealed interface Role {
  /// @param rackDue what the PRACK of our last ringing will name, for which the 2xx did not wait
  ///   (RFC 3262 3); empty when none is to come
  record Callee(Optional<String> rackDue) implements Role {}

  record Caller(ClientKey ref, SipRequest invite, NameAddr contact) implements Role {
    /// CSeq number of the INVITE.
    long seq() {
      return invite.headers().cseq().number();
    }
  }

  /// A 2xx that is not the first to our INVITE: again the same, or that of another fork.
  static Acknowledged lateSuccess(
      Role role, ClientKey ref, SipResponse success, Acknowledged acknowledged, Turn turn) {
    var known = acknowledged.ackOf(ref, success);
    if (known.isPresent()) {
      turn.send(known.get());
      return acknowledged;
    }
    return switch (role) {
      // RFC 3261 13.2.2.4: a second fork has answered. It is acknowledged, as every 2xx, and hung
      // up.
      case Caller caller when caller.ref().equals(ref) ->
          hangUpFork(caller, success, acknowledged, List.of(), turn);
      case Caller _, Callee _ -> acknowledged;
    };
  }

  static Acknowledged hangUpFork(
      Caller caller,
      SipResponse success,
      Acknowledged acknowledged,
      List<Header> headers,
      Turn turn) {
    Dialog dialog = Dialog.asUac(caller.invite(), success);
    Usage usage =
        Usage.of(dialog, caller.contact(), Negotiation.FRESH, success.headers()).advanced();
    SipRequest ack = dialog.ack(caller.invite());
    SessionOut.SendAck sent = new SessionOut.SendAck(turn.identifiers.branch(), ack);
    turn.send(sent);
    SipRequest bye = usage.request(Method.BYE, turn);
    turn.send(bye.withHeaders(Usage.added(bye.headers(), headers)));
    return acknowledged.with(caller.ref(), dialog.remoteTag(), sent, turn);
  }
}
