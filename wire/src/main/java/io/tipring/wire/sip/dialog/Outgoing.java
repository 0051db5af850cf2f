package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.CSeq;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A call of ours that has no final response yet (RFC 3261 13.2).
///
/// @param negotiation what the INVITE began; each fork goes on from it
/// @param forks in the order in which they rang
/// @param deadlineNanos when we stop waiting: for an answer, or for the end of a cancelled call
record Outgoing(
    Role.Caller caller,
    Negotiation negotiation,
    List<EarlyDialog> forks,
    Cancelling cancelling,
    long deadlineNanos)
    implements SessionState {
  /// More telephones than this ring at once only by malice; the others are not followed until they
  /// answer.
  private static final int MOST_FORKS = 16;

  /// How far our own wish to stop has got.
  sealed interface Cancelling {
    /// @param provisional a provisional has come: CANCEL may go out
    record No(boolean provisional) implements Cancelling {}

    /// RFC 3261 9.1: no CANCEL before a provisional.
    record Wanted(EndCause cause, List<Header> headers) implements Cancelling {}

    record Sent(EndCause cause, List<Header> headers) implements Cancelling {}
  }

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
    long forksAt =
        forks.stream()
            .mapToLong(fork -> fork.usage().change().wakeAtNanos())
            .min()
            .orElse(Long.MAX_VALUE);
    return Math.min(deadlineNanos, forksAt);
  }

  SessionState on(SessionIn in, Turn turn) {
    return switch (in) {
      case SessionIn.Response(ClientKey ref, SipResponse response) when ref.equals(caller.ref()) ->
          response(response, turn);
      case SessionIn.ClientFailed(ClientKey ref, Failure failure) when ref.equals(caller.ref()) ->
          failed(failure, turn);
      case SessionIn.Request request -> request(request, turn);
      case SessionIn.Wake() when turn.nowNanos >= deadlineNanos -> late(turn);
      case SessionIn.Wake() -> wakeForks(turn);
      case SessionCommand.HangUp(List<Header> headers) ->
          cancel(EndCause.LOCAL_CANCEL, headers, turn);
      case SessionCommand.Answer(Body body) -> answer(body, turn);
      case SessionCommand.Update(Body body) -> update(body, turn);
      case SessionCommand.AcceptChange(Body body) ->
          changed(fork -> EarlyChange.accepted(fork, body, turn));
      case SessionCommand.RefuseChange(int status, List<Header> headers) ->
          changed(fork -> EarlyChange.refused(fork, status, headers, turn));
      case SessionIn.Response(ClientKey ref, SipResponse response) ->
          changed(fork -> EarlyChange.response(fork, ref, response, true, turn));
      case SessionIn.ClientFailed(ClientKey ref, _) ->
          changed(fork -> EarlyChange.failed(fork, ref, turn));
      case SessionIn.ServerFailed _,
          SessionIn.Ack _,
          SessionCommand.Progress _,
          SessionCommand.Reject _,
          SessionCommand.Reinvite _,
          SessionCommand.SendInfo _,
          SessionCommand.Retry _ ->
          this;
    };
  }

  private SessionState response(SipResponse response, Turn turn) {
    if (response.isProvisional()) {
      return cancelIfWanted(turn).provisional(response, turn);
    }
    if (response.isSuccess()) {
      return success(response, turn);
    }
    return failure(response, turn);
  }

  private Outgoing provisional(SipResponse response, Turn turn) {
    String remoteTag = response.headers().to().tag().orElse("");
    if (response.status() == 100 || cancelling instanceof Cancelling.Sent) {
      return this;
    }
    if (remoteTag.isEmpty()) {
      // RFC 3261 12.1: no tag, no dialog.
      Body sdp = Usage.sdp(response.headers(), response.body());
      turn.tell(new SessionNotice.Progressed(response.status(), sdp));
      return this;
    }
    Optional<EarlyDialog> known = fork(remoteTag);
    if (known.isEmpty() && forks.size() >= MOST_FORKS) {
      return this;
    }
    boolean owing = forks.stream().anyMatch(fork -> fork.prackOwed() && !fork.isOf(remoteTag));
    if (owing && response.headers().has("RSeq") && !response.body().isEmpty()) {
      // One offer at a time: our owner answers the other fork first, and this one says it again
      // (RFC 3262 3).
      return this;
    }
    return with(known.orElseGet(() -> newFork(response)).hears(response, turn));
  }

  private Optional<EarlyDialog> fork(String remoteTag) {
    return forks.stream().filter(fork -> fork.isOf(remoteTag)).findFirst();
  }

  private EarlyDialog newFork(SipResponse response) {
    Dialog dialog = Dialog.asUac(caller.invite(), response);
    Usage usage = Usage.of(dialog, caller.contact(), negotiation, response.headers());
    return new EarlyDialog(usage, dialog.localSeq(), 0, Body.EMPTY, false);
  }

  private SessionState success(SipResponse response, Turn turn) {
    String remoteTag = response.headers().to().tag().orElse("");
    forks.stream()
        .filter(fork -> !fork.isOf(remoteTag))
        .forEach(fork -> TheirChange.abandoned(fork.usage(), turn));
    return switch (cancelling) {
      case Cancelling.No _ -> answered(response, turn);
      // RFC 3261 9.1: the 200 crossed our CANCEL; the call stands and must be ended with BYE.
      case Cancelling.Wanted(EndCause cause, List<Header> headers) ->
          hangUp(response, cause, headers, turn);
      case Cancelling.Sent(EndCause cause, List<Header> headers) ->
          hangUp(response, cause, headers, turn);
    };
  }

  private SessionState hangUp(
      SipResponse response, EndCause cause, List<Header> headers, Turn turn) {
    fork(response.headers().to().tag().orElse(""))
        .ifPresent(fork -> TheirChange.abandoned(fork.usage(), turn));
    Acknowledged acknowledged = Role.hangUpFork(caller, response, Acknowledged.NONE, headers, turn);
    turn.end(cause);
    return new Farewell(
        Dialog.asUac(caller.invite(), response),
        caller,
        acknowledged,
        List.of(),
        turn.deadlineNanos());
  }

  private SessionState answered(SipResponse response, Turn turn) {
    EarlyDialog fork =
        fork(response.headers().to().tag().orElse("")).orElseGet(() -> newFork(response));
    Usage usage =
        fork.usage().with(fork.usage().dialog().confirmedBy(response)).hears(response.headers());
    SessionTimer timer = SessionTimer.asUac(caller.invite(), response, turn);
    Body sdp = Usage.sdp(response.headers(), response.body());
    return switch (usage.dueInInvite()) {
      case THEIR_ANSWER -> {
        // Some repeat the answer of their unreliable 183 only in thought.
        Body answer = sdp.isEmpty() ? fork.preview() : sdp;
        if (answer.isEmpty()) {
          // RFC 3261 13.2.1: the answer must be in the 2xx.
          yield hangUp(response, EndCause.NO_SESSION_DESCRIPTION, List.of(), turn);
        }
        turn.tell(new SessionNotice.Answered(answer));
        yield Established.byCaller(
            usage.with(usage.negotiation().answerReceived()), caller, timer, turn);
      }
      case NOTHING -> {
        turn.tell(new SessionNotice.Answered(Body.EMPTY));
        yield Established.byCaller(usage, caller, timer, turn);
      }
      case AN_OFFER -> {
        if (sdp.isEmpty()) {
          yield hangUp(response, EndCause.NO_SESSION_DESCRIPTION, List.of(), turn);
        }
        turn.tell(new SessionNotice.Answered(Body.EMPTY));
        turn.tell(new SessionNotice.Offered(sdp));
        yield Established.owingAnswer(
            usage.with(usage.negotiation().offerReceived()), caller, timer, turn);
      }
      // A 2xx before our PRACK, which RFC 3262 3 forbids: the answer goes in the ACK then.
      case OUR_ANSWER -> {
        turn.tell(new SessionNotice.Answered(Body.EMPTY));
        yield Established.owingAnswer(usage, caller, timer, turn);
      }
    };
  }

  private SessionState failure(SipResponse response, Turn turn) {
    Optional<String> reason = response.headers().first("Reason");
    return switch (cancelling) {
      case Cancelling.No _ when response.status() == 401 || response.status() == 407 -> {
        forks.forEach(fork -> TheirChange.abandoned(fork.usage(), turn));
        turn.tell(new SessionNotice.Challenged(caller.invite(), response));
        yield new Challenged(caller, negotiation, response, turn.deadlineNanos());
      }
      case Cancelling.No _
          when response.status() == 422 && response.headers().seconds("Min-SE").isPresent() ->
          withLongerInterval(response, turn);
      case Cancelling.No _ -> ended(EndCause.REFUSED, response.status(), reason, turn);
      case Cancelling.Wanted(EndCause cause, _) -> ended(cause, response.status(), reason, turn);
      case Cancelling.Sent(EndCause cause, _) -> ended(cause, response.status(), reason, turn);
    };
  }

  /// RFC 4028 7.3: once more, no shorter than the peer bears. A peer that asks for ever more is
  /// given up.
  private SessionState withLongerInterval(SipResponse response, Turn turn) {
    forks.forEach(fork -> TheirChange.abandoned(fork.usage(), turn));
    SipHeaders headers = caller.invite().headers();
    int least = response.headers().seconds("Min-SE").orElse(0);
    int asked = headers.seconds("Session-Expires").orElse(0);
    if (least <= asked
        || headers.seconds("Min-SE").orElse(0) > turn.settings.sessionExpiresSeconds()) {
      return ended(EndCause.REFUSED, 422, response.headers().first("Reason"), turn);
    }
    SipHeaders longer =
        headers
            .replaced("Session-Expires", Integer.toString(least))
            .replaced("Min-SE", Integer.toString(least))
            .replaced("CSeq", new CSeq(caller.seq() + 1, Method.INVITE).toString());
    return calling(caller.invite().withHeaders(longer), caller.contact(), negotiation, turn);
  }

  private SessionState failed(Failure failure, Turn turn) {
    EndCause cause =
        switch (cancelling) {
          case Cancelling.No _ ->
              switch (failure) {
                case TIMEOUT -> EndCause.NO_ANSWER;
                case TRANSPORT -> EndCause.TRANSPORT_FAILED;
              };
          case Cancelling.Wanted(EndCause wanted, _) -> wanted;
          case Cancelling.Sent(EndCause sent, _) -> sent;
        };
    // RFC 3261 8.1.3.1: as if 408 or 503 had come.
    int status =
        switch (failure) {
          case TIMEOUT -> 408;
          case TRANSPORT -> 503;
        };
    return ended(cause, status, Optional.empty(), turn);
  }

  private SessionState ended(EndCause cause, int status, Optional<String> reason, Turn turn) {
    forks.forEach(fork -> TheirChange.abandoned(fork.usage(), turn));
    turn.end(cause, status, reason);
    return new SessionState.Closed(callId(), localTag());
  }

  private Outgoing cancel(EndCause cause, List<Header> headers, Turn turn) {
    return switch (cancelling) {
      case Cancelling.No(boolean provisional) when provisional -> {
        turn.send(new SessionOut.SendCancel(caller.ref(), headers));
        yield with(new Cancelling.Sent(cause, headers), turn.deadlineNanos());
      }
      // The INVITE's own timeout bounds this wait.
      case Cancelling.No _ -> with(new Cancelling.Wanted(cause, headers), Long.MAX_VALUE);
      case Cancelling.Wanted _, Cancelling.Sent _ -> this;
    };
  }

  private Outgoing cancelIfWanted(Turn turn) {
    return switch (cancelling) {
      case Cancelling.No _ -> with(new Cancelling.No(true), deadlineNanos);
      case Cancelling.Wanted(EndCause cause, List<Header> headers) ->
          with(new Cancelling.No(true), deadlineNanos).cancel(cause, headers, turn);
      case Cancelling.Sent _ -> this;
    };
  }

  private SessionState late(Turn turn) {
    return switch (cancelling) {
      case Cancelling.No _ -> cancel(EndCause.NO_ANSWER, List.of(), turn);
      case Cancelling.Wanted _ -> this;
      // RFC 3261 9.1: 64*T1 after the CANCEL the call counts as cancelled.
      case Cancelling.Sent(EndCause cause, _) -> ended(cause, 487, Optional.empty(), turn);
    };
  }

  private SessionState request(SessionIn.Request in, Turn turn) {
    Optional<EarlyDialog> of = fork(in.request().headers().from().tag().orElse(""));
    if (of.isEmpty()) {
      // RFC 3261 12.2.2
      turn.respond(in.ref(), SipResponse.to(in.request(), 481).withToTag(localTag()));
      return this;
    }
    Optional<Usage> admitted = InDialog.admitted(of.get().usage(), in, turn);
    if (admitted.isEmpty()) {
      return this;
    }
    Usage usage = admitted.get();
    if (in.request().method().equals(Method.BYE)) {
      // RFC 3261 15: a callee may not end an early dialog with BYE. One that does is gone all the
      // same.
      usage.respond(in.ref(), in.request(), 200, turn);
      TheirChange.abandoned(usage, turn);
      return without(of.get());
    }
    boolean pending =
        forks.stream()
            .anyMatch(fork -> fork.usage().change().theirs() instanceof Change.Theirs.Pending);
    if (pending && in.request().method().equals(Method.UPDATE) && !in.request().body().isEmpty()) {
      // One offer at a time, as above: our owner answers the first fork before it hears of the
      // second.
      return with(of.get().with(TheirChange.overlapping(usage, in, turn)));
    }
    Optional<Usage> changing = EarlyChange.received(usage, in, turn);
    if (changing.isEmpty()) {
      InDialog.answerOther(usage, in, turn);
    }
    return with(of.get().with(changing.orElse(usage)));
  }

  /// The answer to an offer in a reliable provisional.
  private Outgoing answer(Body body, Turn turn) {
    return forks.stream()
        .filter(EarlyDialog::prackOwed)
        .findFirst()
        .map(fork -> with(fork.answered(body, turn)))
        .orElse(this);
  }

  /// Among several telephones that ring, the one with which a session is agreed.
  private Outgoing update(Body body, Turn turn) {
    Optional<EarlyDialog> agreed =
        forks.stream().filter(fork -> OurChange.free(fork.usage())).findFirst();
    if (agreed.isEmpty()) {
      turn.tell(new SessionNotice.ChangeRefused(491));
      return this;
    }
    return with(agreed.get().with(EarlyChange.update(agreed.get().usage(), body, turn)));
  }

  private Outgoing wakeForks(Turn turn) {
    return changed(usage -> EarlyChange.woken(usage, turn));
  }

  private Outgoing changed(UnaryOperator<Usage> change) {
    return withForks(forks.stream().map(fork -> fork.with(change.apply(fork.usage()))).toList());
  }

  private Outgoing with(EarlyDialog fork) {
    var all = new ArrayList<EarlyDialog>(forks);
    String tag = fork.usage().dialog().remoteTag();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isOf(tag)) {
        all.set(i, fork);
        return withForks(all);
      }
    }
    all.add(fork);
    return withForks(all);
  }

  private Outgoing without(EarlyDialog fork) {
    return withForks(
        forks.stream().filter(other -> !other.isOf(fork.usage().dialog().remoteTag())).toList());
  }

  private Outgoing withForks(List<EarlyDialog> next) {
    return new Outgoing(caller, negotiation, List.copyOf(next), cancelling, deadlineNanos);
  }

  private Outgoing with(Cancelling next, long nextDeadlineNanos) {
    return new Outgoing(caller, negotiation, forks, next, nextDeadlineNanos);
  }

  /// The INVITE itself: a new one, or the same once more with what was missing.
  static SessionState calling(
      SipRequest invite, NameAddr contact, Negotiation negotiation, Turn turn) {
    ClientKey ref = turn.send(invite);
    Role.Caller caller = new Role.Caller(ref, invite, contact);
    return new Outgoing(
        caller,
        negotiation,
        List.of(),
        new Cancelling.No(false),
        turn.nowNanos + turn.settings.setupNanos());
  }
}
