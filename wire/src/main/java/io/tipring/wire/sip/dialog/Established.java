package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.Change.Ours;
import io.tipring.wire.sip.dialog.Change.Purpose;
import io.tipring.wire.sip.dialog.Change.Theirs;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import java.util.List;
import java.util.Optional;

/// A call that was answered, until one side says BYE.
record Established(
    Usage usage,
    Role role,
    Confirmation confirmation,
    Acknowledged acknowledged,
    SessionTimer timer)
    implements SessionState {
  private static final long SECOND_NANOS = 1_000_000_000L;

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
    long talking = Math.min(confirmation.wakeAtNanos(), usage.change().wakeAtNanos());
    return Math.min(talking, timer.wakeAtNanos());
  }

  /// Our INVITE was answered and nothing is owed: the ACK goes out at once (RFC 3261 13.2.2.4).
  static Established byCaller(Usage usage, Role.Caller caller, SessionTimer timer, Turn turn) {
    return new Established(usage, caller, new Confirmation.Settled(), Acknowledged.NONE, timer)
        .acknowledge(caller.ref(), caller.invite(), Body.EMPTY, turn);
  }

  /// The offer was in the 2xx; the ACK waits for our answer (RFC 3261 13.2.2.4).
  static Established owingAnswer(Usage usage, Role.Caller caller, SessionTimer timer, Turn turn) {
    Confirmation owed = new Confirmation.Owed(caller.ref(), caller.invite(), turn.deadlineNanos());
    return new Established(usage, caller, owed, Acknowledged.NONE, timer);
  }

  private Established acknowledge(ClientKey ref, SipRequest invite, Body answer, Turn turn) {
    SipRequest ack = Usage.withSdp(usage.dialog().ack(invite), answer);
    SessionOut.SendAck sent = new SessionOut.SendAck(turn.identifiers.branch(), ack);
    turn.send(sent);
    Acknowledged next = acknowledged.with(ref, usage.dialog().remoteTag(), sent, turn);
    return new Established(usage, role, new Confirmation.Settled(), next, timer);
  }

  SessionState on(SessionIn in, Turn turn) {
    return switch (in) {
      case SessionIn.Request request -> request(request, turn);
      case SessionIn.Ack(SipRequest ack) -> acknowledged(ack, turn);
      case SessionIn.Response(ClientKey ref, SipResponse response) -> response(ref, response, turn);
      case SessionIn.ClientFailed(ClientKey ref, Failure failure) -> failed(ref, failure, turn);
      case SessionIn.Wake() -> wake(turn);
      case SessionCommand.HangUp(List<Header> headers) -> hangUp(EndCause.LOCAL_BYE, headers, turn);
      case SessionCommand.Answer(Body body) -> answer(body, turn);
      case SessionCommand.Reinvite(Body body) -> change(Method.INVITE, body, turn);
      case SessionCommand.Update(Body body) -> change(Method.UPDATE, body, turn);
      case SessionCommand.AcceptChange(Body body) -> accept(body, turn);
      case SessionCommand.RefuseChange(int status, List<Header> headers) ->
          refuse(status, headers, turn);
      case SessionCommand.SendInfo info -> with(InDialog.info(usage, info, turn));
      case SessionCommand.Retry(List<Header> credentials) -> retry(credentials, turn);
      case SessionIn.ServerFailed _, SessionCommand.Reject _, SessionCommand.Progress _ -> this;
    };
  }

  private SessionState request(SessionIn.Request in, Turn turn) {
    if (in.request().method().equals(Method.CANCEL)) {
      return cancelled(in, turn);
    }
    return InDialog.admitted(usage, in, turn)
        .map(counted -> with(counted).admitted(in, turn))
        .orElse(this);
  }

  /// RFC 3261 9.2: too late for the first INVITE; a re-INVITE that waits for us ends with 487.
  private SessionState cancelled(SessionIn.Request in, Turn turn) {
    usage.respond(in.ref(), in.request(), 200, turn);
    return switch (usage.change().theirs()) {
      case Theirs.Pending pending when isCancelledBy(pending.request(), in.request()) ->
          with(TheirChange.refused(usage, pending, 487, List.of(), turn));
      case Theirs.None _, Theirs.Pending _ -> this;
    };
  }

  private static boolean isCancelledBy(SipRequest pending, SipRequest cancel) {
    return pending.method().equals(Method.INVITE)
        && pending.headers().cseq().number() == cancel.headers().cseq().number();
  }

  private SessionState admitted(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    return switch (request.method().token()) {
      case "BYE" -> {
        // RFC 3261 15.1.2
        usage.respond(in.ref(), request, 200, turn);
        TheirChange.abandoned(usage, turn);
        OurChange.cancelled(usage, turn);
        turn.end(EndCause.REMOTE_BYE, 0, request.headers().first("Reason"));
        yield Farewell.silent(usage, role, acknowledged, turn);
      }
      case "INVITE", "UPDATE" -> changeAsked(in, turn);
      case "PRACK" -> prack(in, turn);
      default -> {
        InDialog.answerOther(usage, in, turn);
        yield this;
      }
    };
  }

  /// RFC 3262 3: our 2xx did not wait for the PRACK of a mere ringing, which has its answer all the
  /// same.
  private Established prack(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    boolean due =
        role instanceof Role.Callee(Optional<String> rack)
            && rack.equals(Optional.of(Provisionals.rackOf(request)));
    if (!due) {
      usage.respond(in.ref(), request, 481, turn);
      return this;
    }
    Established settled = with(new Role.Callee(Optional.empty()));
    if (Usage.sdp(request.headers(), request.body()).isEmpty()) {
      usage.respond(in.ref(), request, 200, turn);
      return settled;
    }
    // RFC 3262 5: a new offer in the PRACK; its 200 carries the answer.
    return settled.with(TheirChange.received(usage, in, false, turn));
  }

  private Established changeAsked(SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    if (SessionTimer.tooSmall(request, turn.settings)) {
      // RFC 4028 9
      turn.respond(
          in.ref(), usage.response(request, 422, SessionTimer.minimum(turn.settings), turn));
      return this;
    }
    boolean update = request.method().equals(Method.UPDATE);
    if (update && Usage.sdp(request.headers(), request.body()).isEmpty()) {
      // RFC 3311 5.2: without an offer it refreshes, at any time.
      Usage refreshed = usage.refreshedBy(request);
      SessionTimer next = timer.asUas(request, turn);
      turn.respond(in.ref(), refreshed.response(request, 200, next.inSuccess(request), turn));
      return with(refreshed).with(next);
    }
    boolean confirming = !(confirmation instanceof Confirmation.Settled);
    return with(TheirChange.received(usage, in, confirming, turn));
  }

  private SessionState accept(Body body, Turn turn) {
    if (confirmation instanceof Confirmation.Owed owed && !isInitial(owed)) {
      return answered(owed, body, turn);
    }
    return switch (usage.change().theirs()) {
      case Theirs.None _ -> this;
      case Theirs.Pending pending -> accept(pending, body, turn);
    };
  }

  private Established accept(Theirs.Pending pending, Body body, Turn turn) {
    SipRequest request = pending.request();
    boolean offering = usage.negotiation().isDue(Negotiation.Due.AN_OFFER);
    boolean refreshes = !request.method().equals(Method.PRACK);
    SessionTimer next = refreshes ? timer.asUas(request, turn) : timer;
    List<Header> headers = refreshes ? next.inSuccess(request) : List.of();
    TheirChange.Accepted accepted = TheirChange.accepted(usage, pending, body, headers, turn);
    if (request.method().equals(Method.INVITE)) {
      Confirmation awaited = Confirmation.of(accepted.success(), request, false, offering, turn);
      return with(accepted.usage()).with(next).with(awaited);
    }
    turn.respond(accepted.success());
    return with(accepted.usage()).with(next);
  }

  private SessionState refuse(int status, List<Header> headers, Turn turn) {
    if (confirmation instanceof Confirmation.Owed owed && !isInitial(owed)) {
      // RFC 3261 14.1: an offer in a 2xx cannot be refused but by ending the call.
      return hangUp(EndCause.NO_SESSION_DESCRIPTION, headers, turn);
    }
    return switch (usage.change().theirs()) {
      case Theirs.None _ -> this;
      case Theirs.Pending pending ->
          with(TheirChange.refused(usage, pending, status, headers, turn));
    };
  }

  private SessionState acknowledged(SipRequest ack, Turn turn) {
    long seq = ack.headers().cseq().number();
    return switch (confirmation) {
      case Confirmation.Awaited awaited when awaited.seq() == seq -> confirmed(ack, awaited, turn);
      case Confirmation.AwaitedToHangUp(
              Confirmation.Awaited awaited,
              EndCause cause,
              List<Header> headers)
          when awaited.seq() == seq ->
          with(new Confirmation.Settled()).hangUp(cause, headers, turn);
      case Confirmation.Settled _,
          Confirmation.Owed _,
          Confirmation.Awaited _,
          Confirmation.AwaitedToHangUp _ ->
          this;
    };
  }

  private SessionState confirmed(SipRequest ack, Confirmation.Awaited awaited, Turn turn) {
    Established settled = with(new Confirmation.Settled());
    Body answer = awaited.offering() ? Usage.sdp(ack.headers(), ack.body()) : Body.EMPTY;
    if (awaited.offering() && answer.isEmpty()) {
      // RFC 3261 13.2.1: our offer was in the 2xx, so the answer must be in the ACK.
      return settled.hangUp(EndCause.NO_SESSION_DESCRIPTION, List.of(), turn);
    }
    if (awaited.initial()) {
      turn.tell(new SessionNotice.Confirmed(answer));
    } else if (awaited.offering()) {
      turn.tell(new SessionNotice.Changed(answer));
    }
    return awaited.offering()
        ? settled.with(usage.with(usage.negotiation().answerReceived()))
        : settled;
  }

  /// The answer to the offer in the first 2xx. That to a later one is
  /// [SessionCommand.AcceptChange]: a late word about the one is not taken for the other.
  private SessionState answer(Body body, Turn turn) {
    return confirmation instanceof Confirmation.Owed owed && isInitial(owed)
        ? answered(owed, body, turn)
        : this;
  }

  private boolean isInitial(Confirmation.Owed owed) {
    return role instanceof Role.Caller caller && caller.ref().equals(owed.ref());
  }

  /// Our answer to an offer in a 2xx goes in its ACK.
  private Established answered(Confirmation.Owed owed, Body body, Turn turn) {
    return with(usage.with(usage.negotiation().answerSent(body)))
        .acknowledge(owed.ref(), owed.invite(), body, turn);
  }

  private SessionState change(Method method, Body body, Turn turn) {
    boolean refresh = method.equals(Method.UPDATE) && body.isEmpty();
    boolean free = refresh ? usage.change().idle() : OurChange.free(usage);
    // RFC 3261 14.1: no INVITE while one of either side is in progress. An UPDATE may cross the
    // ACK.
    boolean confirmed =
        method.equals(Method.UPDATE) || confirmation instanceof Confirmation.Settled;
    if (!free || !confirmed || confirmation instanceof Confirmation.AwaitedToHangUp) {
      turn.tell(new SessionNotice.ChangeRefused(491));
      return this;
    }
    return with(OurChange.sent(usage, method, body, Purpose.OWNER, 1, timer.inRequest(), turn));
  }

  private SessionState retry(List<Header> credentials, Turn turn) {
    return usage.change().ours() instanceof Ours.Challenged challenged
        ? with(OurChange.retried(usage, challenged, credentials, turn))
        : this;
  }

  private SessionState response(ClientKey ref, SipResponse response, Turn turn) {
    if (usage.change().ours() instanceof Ours.Sent sent && sent.ref().equals(ref)) {
      return changeResponse(sent, response, turn);
    }
    if (ref.method().equals(Method.INVITE) && response.isSuccess()) {
      boolean owed =
          confirmation instanceof Confirmation.Owed(ClientKey of, _, _) && of.equals(ref);
      boolean ours = response.headers().to().tag().orElse("").equals(usage.dialog().remoteTag());
      return owed && ours ? this : with(Role.lateSuccess(role, ref, response, acknowledged, turn));
    }
    // RFC 3261 12.2.1.2: the peer does not know this dialog any more.
    boolean unknown = response.status() == 481 || response.status() == 408;
    return unknown && ref.method().equals(Method.INFO)
        ? hangUp(EndCause.DIALOG_GONE, List.of(), turn)
        : this;
  }

  private SessionState changeResponse(Ours.Sent sent, SipResponse response, Turn turn) {
    boolean caller = role instanceof Role.Caller;
    return switch (OurChange.response(usage, sent, response, caller, turn)) {
      case OurChange.Outcome.Noted(Usage next) when isUnknownRefresh(sent, response) ->
          with(next.withoutUpdates()).refreshAgain(turn);
      case OurChange.Outcome.Noted(Usage next) -> with(next);
      case OurChange.Outcome.Succeeded(Usage next, _, boolean owed) -> {
        Established refreshed = with(next).with(SessionTimer.asUac(sent.request(), response, turn));
        if (!sent.ref().method().equals(Method.INVITE)) {
          yield refreshed;
        }
        yield owed
            ? refreshed.with(
                new Confirmation.Owed(sent.ref(), sent.request(), turn.deadlineNanos()))
            : refreshed.acknowledge(sent.ref(), sent.request(), Body.EMPTY, turn);
      }
      case OurChange.Outcome.IntervalTooSmall(Usage next, Ours.Sent before, int minSeconds) ->
          with(next).with(longer(minSeconds, turn)).sendAgain(before, turn);
      case OurChange.Outcome.Lost(EndCause cause) ->
          with(usage.with(usage.change().with(new Ours.None()))).hangUp(cause, List.of(), turn);
    };
  }

  /// RFC 3261 21.4.6, 21.5.2: the peer does not know UPDATE after all.
  private static boolean isUnknownRefresh(Ours.Sent sent, SipResponse response) {
    boolean update = sent.purpose() == Purpose.REFRESH && sent.ref().method().equals(Method.UPDATE);
    return update && (response.status() == 405 || response.status() == 501);
  }

  private SessionState refreshAgain(Turn turn) {
    return switch (timer) {
      case SessionTimer.Off _ -> this;
      case SessionTimer.Running running -> refresh(running, turn);
    };
  }

  private SessionTimer longer(int minSeconds, Turn turn) {
    return switch (timer) {
      case SessionTimer.Off off -> off;
      case SessionTimer.Running running -> running.longer(minSeconds, turn);
    };
  }

  private Established sendAgain(Ours.Sent before, Turn turn) {
    SipRequest request = before.request();
    return with(
        OurChange.sent(
            usage,
            request.method(),
            request.body(),
            before.purpose(),
            before.attempt() + 1,
            timer.inRequest(),
            turn));
  }

  private SessionState failed(ClientKey ref, Failure failure, Turn turn) {
    boolean change = usage.change().ours() instanceof Ours.Sent sent && sent.ref().equals(ref);
    if (!change && !ref.method().equals(Method.INFO)) {
      return this;
    }
    return switch (failure) {
      // RFC 3261 12.2.1.2: silence is like 408.
      case TIMEOUT -> hangUp(EndCause.DIALOG_GONE, List.of(), turn);
      case TRANSPORT -> hangUp(EndCause.TRANSPORT_FAILED, List.of(), turn);
    };
  }

  private SessionState hangUp(EndCause cause, List<Header> headers, Turn turn) {
    return switch (confirmation) {
      case Confirmation.Settled _ -> bye(cause, headers, turn);
      // RFC 3261 13.2.2.4: acknowledged even if the offer cannot be taken.
      case Confirmation.Owed(ClientKey ref, SipRequest invite, _) ->
          acknowledge(ref, invite, Body.EMPTY, turn).bye(cause, headers, turn);
      // RFC 3261 15: a callee says no BYE before the ACK has come, or is given up.
      case Confirmation.Awaited awaited when awaited.initial() ->
          with(new Confirmation.AwaitedToHangUp(awaited, cause, headers))
              .with(new SessionTimer.Off());
      case Confirmation.Awaited _ -> bye(cause, headers, turn);
      case Confirmation.AwaitedToHangUp _ -> this;
    };
  }

  private SessionState bye(EndCause cause, List<Header> headers, Turn turn) {
    TheirChange.abandoned(usage, turn);
    OurChange.cancelled(usage, turn);
    SessionState next = Farewell.bye(usage, role, acknowledged, cause.explained(headers), turn);
    turn.end(cause);
    return next;
  }

  private SessionState wake(Turn turn) {
    return switch (confirmation) {
      // RFC 3261 13.3.1.4: no ACK for 64*T1.
      case Confirmation.Awaited awaited when awaited.resend().expired(turn.nowNanos) ->
          bye(EndCause.NOT_CONFIRMED, List.of(), turn);
      case Confirmation.AwaitedToHangUp(
              Confirmation.Awaited awaited,
              EndCause cause,
              List<Header> headers)
          when awaited.resend().expired(turn.nowNanos) ->
          bye(cause, headers, turn);
      case Confirmation.Owed owed when turn.nowNanos >= owed.deadlineNanos() ->
          hangUp(EndCause.NO_SESSION_DESCRIPTION, List.of(), turn);
      case Confirmation.Settled _,
          Confirmation.Owed _,
          Confirmation.Awaited _,
          Confirmation.AwaitedToHangUp _ ->
          with(confirmation.repeated(turn)).wakeChange(turn).wakeTimer(turn);
    };
  }

  private Established wakeChange(Turn turn) {
    Usage next =
        switch (usage.change().theirs()) {
          case Theirs.Pending pending when turn.nowNanos >= pending.deadlineNanos() ->
              TheirChange.refused(usage, pending, 488, List.of(), turn);
          case Theirs.None _, Theirs.Pending _ -> usage;
        };
    boolean free = confirmation instanceof Confirmation.Settled;
    return with(
        switch (next.change().ours()) {
          case Ours.Waiting waiting when turn.nowNanos >= waiting.atNanos() ->
              OurChange.again(next, waiting, free, timer.inRequest(), turn);
          case Ours.Sent sent when turn.nowNanos >= sent.progress().wakeAtNanos() ->
              OurChange.cancelled(next, turn);
          case Ours.Challenged challenged when turn.nowNanos >= challenged.deadlineNanos() ->
              OurChange.retried(next, challenged, List.of(), turn);
          case Ours.None _, Ours.Sent _, Ours.Waiting _, Ours.Challenged _ -> next;
        });
  }

  private SessionState wakeTimer(Turn turn) {
    return switch (timer) {
      // RFC 4028 10
      case SessionTimer.Running running when turn.nowNanos >= running.expireAtNanos() ->
          hangUp(EndCause.SESSION_EXPIRED, List.of(), turn);
      case SessionTimer.Running running when turn.nowNanos >= running.refreshAtNanos() ->
          refresh(running, turn);
      case SessionTimer.Off _, SessionTimer.Running _ -> this;
    };
  }

  /// RFC 4028 7.4: by UPDATE if the peer allows it, else by a re-INVITE that offers what is agreed
  /// already.
  private Established refresh(SessionTimer.Running running, Turn turn) {
    boolean free = confirmation instanceof Confirmation.Settled && OurChange.free(usage);
    if (!free) {
      return with(running.postponed(turn.nowNanos + SECOND_NANOS));
    }
    Method method = usage.peerUpdates() ? Method.UPDATE : Method.INVITE;
    Body body = usage.peerUpdates() ? Body.EMPTY : usage.negotiation().local();
    Usage next = OurChange.sent(usage, method, body, Purpose.REFRESH, 1, running.inRequest(), turn);
    return with(next).with(running.postponed(Long.MAX_VALUE));
  }

  private Established with(Usage next) {
    return new Established(next, role, confirmation, acknowledged, timer);
  }

  private Established with(Role next) {
    return new Established(usage, next, confirmation, acknowledged, timer);
  }

  private Established with(Confirmation next) {
    return new Established(usage, role, next, acknowledged, timer);
  }

  private Established with(Acknowledged next) {
    return new Established(usage, role, confirmation, next, timer);
  }

  private Established with(SessionTimer next) {
    return new Established(usage, role, confirmation, acknowledged, next);
  }
}
