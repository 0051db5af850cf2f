package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import java.util.List;
import java.util.Optional;

/// A call that was answered, until one side says BYE.
record Established(Usage usage, Role role, Confirmation confirmation, Acknowledged acknowledged)
    implements SessionState {
  @Override
  public String callId() {
    return usage.dialog().callId();
  }

  @Override
  public String localTag() {
    return usage.dialog().localTag();
  }

  @Override
  public long wakeAtNanos() {
    return confirmation.wakeAtNanos();
  }

  /// Our INVITE was answered and nothing is owed: the ACK goes out at once (RFC 3261 13.2.2.4).
  static Established byCaller(Usage usage, Role.Caller caller, Turn turn) {
    Acknowledged acknowledged = acknowledge(usage, caller.ref(), seq(caller), Body.EMPTY, Acknowledged.NONE, turn);
    return new Established(usage, caller, new Confirmation.Settled(), acknowledged);
  }

  /// The offer was in the 2xx; the ACK waits for our answer (RFC 3261 13.2.2.4).
  static Established owingAnswer(Usage usage, Role.Caller caller, Turn turn) {
    Confirmation owed = new Confirmation.Owed(caller.ref(), seq(caller), turn.deadlineNanos());
    return new Established(usage, caller, owed, Acknowledged.NONE);
  }

  private static long seq(Role.Caller caller) {
    return caller.invite().headers().cseq().number();
  }

  private static Acknowledged acknowledge(
      Usage usage, ClientKey invite, long seq, Body answer, Acknowledged before, Turn turn) {
    SipRequest ack = Usage.withSdp(usage.dialog().ack(seq), answer);
    SessionOut.SendAck sent = new SessionOut.SendAck(turn.identifiers.branch(), ack);
    turn.send(sent);
    return before.with(invite, usage.dialog().remoteTag(), sent, turn);
  }

  SessionState on(SessionIn in, Turn turn) {
    return switch (in) {
      case SessionIn.Request request -> request(request, turn);
      case SessionIn.Ack(SipRequest ack) -> acknowledged(ack, turn);
      case SessionIn.Response(ClientKey ref, SipResponse response) -> response(ref, response, turn);
      case SessionIn.ClientFailed(_, Failure failure) -> gone(failure, turn);
      case SessionIn.Wake() -> wake(turn);
      case SessionCommand.HangUp(List<Header> headers) -> hangUp(EndCause.LOCAL_BYE, headers, turn);
      case SessionCommand.Answer(Body body) -> answer(body, turn);
      case SessionCommand.SendInfo info -> with(InDialog.info(usage, info, turn));
      case SessionIn.ServerFailed _,
          SessionCommand.Reject _,
          SessionCommand.Progress _,
          SessionCommand.Reinvite _,
          SessionCommand.Update _,
          SessionCommand.AcceptChange _,
          SessionCommand.RefuseChange _,
          SessionCommand.Retry _ ->
        this;
    };
  }

  private SessionState request(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    if (request.method().token().equals("CANCEL")) {
      // RFC 3261 9.2: too late, without effect.
      usage.respond(in.ref(), request, 200, turn);
      return this;
    }
    return InDialog.admitted(usage, in, turn).map(counted -> with(counted).admitted(in, turn)).orElse(this);
  }

  private SessionState admitted(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    return switch (request.method().token()) {
      case "BYE" -> {
        // RFC 3261 15.1.2
        usage.respond(in.ref(), request, 200, turn);
        turn.end(EndCause.REMOTE_BYE, 0, request.headers().first("Reason"));
        yield Farewell.silent(usage.dialog(), role, acknowledged, turn);
      }
      case "INVITE", "UPDATE" -> {
        usage.respond(in.ref(), request, 488, turn);
        yield this;
      }
      // RFC 3262 3: nothing of ours waits for one any more.
      case "PRACK" -> {
        usage.respond(in.ref(), request, 481, turn);
        yield this;
      }
      default -> {
        InDialog.answerOther(usage, in, turn);
        yield this;
      }
    };
  }

  private SessionState acknowledged(SipRequest ack, Turn turn) {
    long seq = ack.headers().cseq().number();
    return switch (confirmation) {
      case Confirmation.Awaited awaited when awaited.seq() == seq -> confirmed(ack, turn);
      case Confirmation.AwaitedToHangUp(Confirmation.Awaited awaited, List<Header> headers)
          when awaited.seq() == seq -> {
        turn.end(EndCause.LOCAL_BYE);
        yield Farewell.bye(usage, role, acknowledged, headers, turn);
      }
      case Confirmation.Settled _,
          Confirmation.Owed _,
          Confirmation.Awaited _,
          Confirmation.AwaitedToHangUp _ ->
        this;
    };
  }

  private SessionState confirmed(SipRequest ack, Turn turn) {
    if (!usage.negotiation().isDue(Negotiation.Due.THEIR_ANSWER)) {
      turn.tell(new SessionNotice.Confirmed(Body.EMPTY));
      return with(new Confirmation.Settled());
    }
    Body answer = Usage.sdp(ack.headers(), ack.body());
    if (answer.isEmpty()) {
      // RFC 3261 13.2.1: our offer was in the 2xx, so the answer must be in the ACK.
      turn.end(EndCause.NO_SESSION_DESCRIPTION);
      return Farewell.bye(usage, role, acknowledged, List.of(), turn);
    }
    turn.tell(new SessionNotice.Confirmed(answer));
    return with(usage.with(usage.negotiation().answerReceived())).with(new Confirmation.Settled());
  }

  private SessionState answer(Body body, Turn turn) {
    return switch (confirmation) {
      case Confirmation.Owed(ClientKey invite, long seq, _) -> {
        Acknowledged sent = acknowledge(usage, invite, seq, body, acknowledged, turn);
        Usage agreed = usage.with(usage.negotiation().answerSent(body));
        yield new Established(agreed, role, new Confirmation.Settled(), sent);
      }
      case Confirmation.Settled _, Confirmation.Awaited _, Confirmation.AwaitedToHangUp _ -> this;
    };
  }

  private SessionState response(ClientKey ref, SipResponse response, Turn turn) {
    if (ref.method().token().equals("INVITE") && response.isSuccess()) {
      boolean owed = confirmation instanceof Confirmation.Owed(ClientKey invite, _, _) && invite.equals(ref);
      boolean ours = response.headers().to().tag().orElse("").equals(usage.dialog().remoteTag());
      return owed && ours ? this : with(Role.lateSuccess(role, ref, response, acknowledged, turn));
    }
    // RFC 3261 12.2.1.2: the peer does not know this dialog any more.
    boolean unknown = response.status() == 481 || response.status() == 408;
    return unknown ? hangUp(EndCause.DIALOG_GONE, List.of(), turn) : this;
  }

  private SessionState gone(Failure failure, Turn turn) {
    return switch (failure) {
      // RFC 3261 12.2.1.2: silence is like 408.
      case TIMEOUT -> hangUp(EndCause.DIALOG_GONE, List.of(), turn);
      case TRANSPORT -> hangUp(EndCause.TRANSPORT_FAILED, List.of(), turn);
    };
  }

  private SessionState hangUp(EndCause cause, List<Header> headers, Turn turn) {
    return switch (confirmation) {
      case Confirmation.Settled _ -> {
        turn.end(cause);
        yield Farewell.bye(usage, role, acknowledged, headers, turn);
      }
      case Confirmation.Owed(ClientKey invite, long seq, _) -> {
        // RFC 3261 13.2.2.4: acknowledged even if the offer cannot be taken.
        Acknowledged sent = acknowledge(usage, invite, seq, Body.EMPTY, acknowledged, turn);
        turn.end(cause);
        yield Farewell.bye(usage, role, sent, headers, turn);
      }
      // RFC 3261 15: a callee says no BYE before the ACK has come, or is given up.
      case Confirmation.Awaited awaited when role instanceof Role.Callee && awaited.initial() ->
        with(new Confirmation.AwaitedToHangUp(awaited, headers));
      case Confirmation.Awaited _ -> {
        turn.end(cause);
        yield Farewell.bye(usage, role, acknowledged, headers, turn);
      }
      case Confirmation.AwaitedToHangUp _ -> this;
    };
  }

  private SessionState wake(Turn turn) {
    return switch (confirmation) {
      case Confirmation.Awaited awaited when awaited.resend().expired(turn.nowNanos) -> {
        // RFC 3261 13.3.1.4: no ACK for 64*T1.
        turn.end(EndCause.NOT_CONFIRMED);
        yield Farewell.bye(usage, role, acknowledged, List.of(), turn);
      }
      case Confirmation.AwaitedToHangUp(Confirmation.Awaited awaited, List<Header> headers)
          when awaited.resend().expired(turn.nowNanos) -> {
        turn.end(EndCause.LOCAL_BYE);
        yield Farewell.bye(usage, role, acknowledged, headers, turn);
      }
      case Confirmation.Owed owed when turn.nowNanos >= owed.deadlineNanos() ->
        hangUp(EndCause.NO_SESSION_DESCRIPTION, List.of(), turn);
      case Confirmation.Settled _,
          Confirmation.Owed _,
          Confirmation.Awaited _,
          Confirmation.AwaitedToHangUp _ ->
        with(confirmation.repeated(turn));
    };
  }

  private Established with(Usage next) {
    return new Established(next, role, confirmation, acknowledged);
  }

  private Established with(Confirmation next) {
    return new Established(usage, role, next, acknowledged);
  }

  private Established with(Acknowledged next) {
    return new Established(usage, role, confirmation, next);
  }
}
