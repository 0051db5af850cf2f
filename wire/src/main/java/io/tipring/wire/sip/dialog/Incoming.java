package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.Retransmission;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.List;
import java.util.Optional;

/// A call that is offered to us and has no final response yet (RFC 3261 13.3).
///
/// @param deadlineNanos when we stop waiting for our owner
record Incoming(
    ServerKey ref, SipRequest invite, Usage usage, Provisionals provisionals, long deadlineNanos)
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
    long changeAt = usage.change().wakeAtNanos();
    return Math.min(changeAt, Math.min(provisionals.wakeAtNanos(), deadlineNanos));
  }

  SessionState on(SessionIn in, Turn turn) {
    return switch (in) {
      case SessionIn.Request request -> request(request, turn);
      case SessionIn.ServerFailed(ServerKey failed, Failure _) when failed.equals(ref) -> {
        // RFC 6026 8.8: the transaction has stayed, and wants its final response.
        yield refuse(500, List.of(), EndCause.TRANSPORT_FAILED, turn);
      }
      case SessionIn.Wake() -> wake(turn);
      case SessionCommand.Progress(int status, Body body) -> progress(status, body, turn);
      case SessionCommand.Answer(Body body) -> answer(body, turn);
      case SessionCommand.Reject(int status, List<Header> headers) ->
          refuse(status, headers, EndCause.REJECTED, turn);
      case SessionCommand.HangUp(List<Header> headers) ->
          refuse(603, headers, EndCause.REJECTED, turn);
      case SessionCommand.SendInfo info -> with(InDialog.info(usage, info, turn));
      case SessionCommand.Update(Body body) -> with(EarlyChange.update(usage, body, turn));
      case SessionCommand.AcceptChange(Body body) -> with(EarlyChange.accepted(usage, body, turn));
      case SessionCommand.RefuseChange(int status, List<Header> headers) ->
          with(EarlyChange.refused(usage, status, headers, turn));
      case SessionIn.Response(ClientKey to, SipResponse response) ->
          with(EarlyChange.response(usage, to, response, false, turn));
      case SessionIn.ClientFailed(ClientKey of, _) -> with(EarlyChange.failed(usage, of, turn));
      case SessionIn.ServerFailed _,
          SessionIn.Ack _,
          SessionCommand.Reinvite _,
          SessionCommand.Retry _ ->
          this;
    };
  }

  private SessionState request(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    if (request.method().equals(Method.CANCEL)) {
      // RFC 3261 9.2: the CANCEL itself succeeds, the INVITE ends with 487.
      usage.respond(in.ref(), request, 200, turn);
      return refused(487, EndCause.CANCELLED, request, turn);
    }
    Optional<Usage> admitted = InDialog.admitted(usage, in, turn);
    return admitted.map(counted -> with(counted).admitted(in, turn)).orElse(this);
  }

  private SessionState admitted(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    return switch (request.method().token()) {
      case "BYE" -> {
        // RFC 3261 15.1.2: the caller may end an early dialog; the pending INVITE gets 487.
        usage.respond(in.ref(), request, 200, turn);
        yield refused(487, EndCause.REMOTE_BYE, request, turn);
      }
      case "PRACK" -> prack(in, turn);
      case "INVITE" -> {
        // RFC 3261 14.2: a second INVITE before the first has its final response.
        turn.respond(in.ref(), usage.response(request, 500, List.of(retryAfter(turn)), turn));
        yield this;
      }
      default -> {
        Optional<Usage> changing = EarlyChange.received(usage, in, turn);
        if (changing.isEmpty()) {
          InDialog.answerOther(usage, in, turn);
        }
        yield with(changing.orElse(usage));
      }
    };
  }

  /// How long the caller means to wait (RFC 3261 13.3.1); beyond all patience when it does not say.
  static long expiresNanos(SipRequest invite) {
    return invite.headers().expires().orElse(Integer.MAX_VALUE) * 1_000_000_000L;
  }

  /// RFC 3261 14.2: between 0 and 10 seconds, at random.
  static Header retryAfter(Turn turn) {
    return new Header("Retry-After", Long.toString(turn.identifiers.below(11)));
  }

  private SessionState progress(int status, Body body, Turn turn) {
    if (provisionals.outstanding()) {
      return with(provisionals.holding(new SessionCommand.Progress(status, body)));
    }
    Negotiation negotiation = usage.negotiation();
    if (!provisionals.reliably(body)) {
      // RFC 3261 13.2.1: an offer of ours cannot go unreliably; an answer may, as a preview of that
      // in the 2xx.
      Body sdp = usage.dueInInvite() == Negotiation.Due.OUR_ANSWER ? body : Body.EMPTY;
      Turn.Reply reply = new Turn.Reply(ref, usage.response(invite, status, sdp, turn));
      Usage next = sdp.isEmpty() ? usage : usage.with(negotiation.previewed(sdp));
      return with(next).with(provisionals.sent(reply, turn));
    }
    Body sdp = ours(body);
    Turn.Reply reply = new Turn.Reply(ref, usage.response(invite, status, sdp, turn));
    return with(usage.with(after(sdp))).with(provisionals.sentReliably(reply, turn));
  }

  /// What a reliable response says: the answer that is due, or the offer, or nothing new.
  private Body ours(Body body) {
    return switch (usage.dueInInvite()) {
      case AN_OFFER, OUR_ANSWER -> body;
      case THEIR_ANSWER, NOTHING -> Body.EMPTY;
    };
  }

  private Negotiation after(Body sdp) {
    Negotiation negotiation = usage.negotiation();
    if (sdp.isEmpty()) {
      return negotiation;
    }
    return switch (usage.dueInInvite()) {
      case AN_OFFER -> negotiation.offerSent(sdp);
      case OUR_ANSWER -> negotiation.answerSent(sdp);
      case THEIR_ANSWER, NOTHING -> negotiation;
    };
  }

  private SessionState prack(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    Optional<Provisionals> acknowledged = provisionals.acknowledgedBy(request, invite, turn);
    if (acknowledged.isEmpty()) {
      // RFC 3262 3
      usage.respond(in.ref(), request, 481, turn);
      return this;
    }
    Body sdp = Usage.sdp(request.headers(), request.body());
    Usage next = usage;
    if (usage.dueInInvite() == Negotiation.Due.THEIR_ANSWER) {
      if (sdp.isEmpty()) {
        // RFC 3262 5: the answer to an offer in a reliable provisional stands in its PRACK.
        usage.respond(in.ref(), request, 400, turn);
        return this;
      }
      next = usage.with(usage.negotiation().answerReceived());
      turn.tell(new SessionNotice.Changed(sdp));
    }
    if (!sdp.isEmpty() && usage.dueInInvite() == Negotiation.Due.NOTHING) {
      // RFC 3262 5: a new offer in the PRACK; its 200 carries the answer.
      next = TheirChange.received(usage, in, false, turn);
    } else {
      usage.respond(in.ref(), request, 200, turn);
    }
    return with(next).with(acknowledged.get()).release(turn);
  }

  /// What waited for the PRACK goes on, up to the next that must wait.
  private SessionState release(Turn turn) {
    List<SessionCommand> waiting = provisionals.held();
    SessionState state = with(provisionals.released());
    for (SessionCommand command : waiting) {
      state = state instanceof Incoming incoming ? incoming.on(command, turn) : state;
    }
    return state;
  }

  private SessionState answer(Body body, Turn turn) {
    if (provisionals.blocksSuccess()) {
      return with(provisionals.holding(new SessionCommand.Answer(body)));
    }
    Negotiation negotiation = usage.negotiation();
    boolean again = body.isEmpty() && usage.dueInInvite() == Negotiation.Due.OUR_ANSWER;
    // RFC 3261 13.2.1: the 2xx repeats the preview that an unreliable 183 gave.
    Body sdp = ours(again ? negotiation.local() : body);
    Usage confirmed = usage.with(usage.dialog().confirmedByUs()).with(after(sdp));
    boolean offering = !sdp.isEmpty() && usage.dueInInvite() == Negotiation.Due.AN_OFFER;
    SessionTimer timer = new SessionTimer.Off().asUas(invite, turn);
    SipResponse ok = confirmed.response(invite, 200, sdp, turn);
    Turn.Reply success =
        new Turn.Reply(ref, ok.withHeaders(Usage.added(ok.headers(), timer.inSuccess(invite))));
    Confirmation confirmation = Confirmation.of(success, invite, true, offering, turn);
    return new Established(
        confirmed,
        new Role.Callee(provisionals.rackDue(invite)),
        confirmation,
        Acknowledged.NONE,
        timer);
  }

  private SessionState refuse(int status, List<Header> headers, EndCause cause, Turn turn) {
    turn.respond(ref, usage.response(invite, status, cause.explained(headers), turn));
    turn.end(cause, status);
    return silent(turn);
  }

  private SessionState refused(int status, EndCause cause, SipRequest by, Turn turn) {
    usage.respond(ref, invite, status, turn);
    turn.end(cause, status, by.headers().first("Reason"));
    return silent(turn);
  }

  private SessionState silent(Turn turn) {
    TheirChange.abandoned(usage, turn);
    return Farewell.silent(usage, new Role.Callee(Optional.empty()), Acknowledged.NONE, turn);
  }

  private SessionState wake(Turn turn) {
    if (turn.nowNanos >= deadlineNanos) {
      // RFC 3261 13.3.1: when the INVITE's Expires has run out, 487; when our own patience has,
      // 480.
      boolean theirs = expiresNanos(invite) <= turn.settings.setupNanos();
      return refuse(theirs ? 487 : 480, List.of(), EndCause.NO_ANSWER, turn);
    }
    if (provisionals.givenUp(turn)) {
      // RFC 3262 3: no PRACK for 64*T1.
      return refuse(504, List.of(), EndCause.NOT_CONFIRMED, turn);
    }
    return with(repeated(turn)).with(EarlyChange.woken(usage, turn));
  }

  private Provisionals repeated(Turn turn) {
    return switch (provisionals.latest()) {
      case Provisionals.Latest.Unacknowledged(SipResponse response, Retransmission resend)
          when resend.due(turn.nowNanos) -> {
        turn.respond(ref, response);
        // RFC 3262 3: doubles, and T2 is no cap.
        var latest =
            new Provisionals.Latest.Unacknowledged(
                response, resend.backedOff(Long.MAX_VALUE, turn.nowNanos));
        yield new Provisionals(
            provisionals.ability(), provisionals.rseq(), latest, provisionals.held());
      }
      // RFC 3261 13.3.1.1: once a minute, lest a proxy gives up. RFC 3262 3: a reliable one as a
      // new one.
      case Provisionals.Latest.Done(SipResponse response, long at) when turn.nowNanos >= at ->
          response.headers().has("RSeq")
              ? provisionals.sentReliably(
                  new Turn.Reply(ref, usage.response(invite, response.status(), turn)), turn)
              : provisionals.sent(new Turn.Reply(ref, response), turn);
      case Provisionals.Latest.None _,
          Provisionals.Latest.Done _,
          Provisionals.Latest.Unacknowledged _ ->
          provisionals;
    };
  }

  private Incoming with(Usage next) {
    return new Incoming(ref, invite, next, provisionals, deadlineNanos);
  }

  private Incoming with(Provisionals next) {
    return new Incoming(ref, invite, usage, next, deadlineNanos);
  }
}
