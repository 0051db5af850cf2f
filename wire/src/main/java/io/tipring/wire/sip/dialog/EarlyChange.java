package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.Change.Ours;
import io.tipring.wire.sip.dialog.Change.Purpose;
import io.tipring.wire.sip.dialog.Change.Theirs;
import io.tipring.wire.sip.transaction.ClientKey;
import java.util.List;
import java.util.Optional;

/// Changes before the answer: UPDATE only, for a re-INVITE must wait (RFC 3311 5, RFC 3261 14.1).
/// What fails here leaves the call ringing.
final class EarlyChange {
  private EarlyChange() {}

  static Usage update(Usage usage, Body body, Turn turn) {
    boolean allowed = body.isEmpty() ? usage.change().idle() : OurChange.free(usage);
    if (!allowed) {
      turn.tell(new SessionNotice.ChangeRefused(491));
      return usage;
    }
    return OurChange.sent(usage, Method.UPDATE, body, Purpose.OWNER, 1, List.of(), turn);
  }

  /// Empty when it is no change.
  static Optional<Usage> received(Usage usage, SessionIn.Request in, Turn turn) {
    if (!in.request().method().equals(Method.UPDATE)) {
      return Optional.empty();
    }
    if (Usage.sdp(in.request().headers(), in.request().body()).isEmpty()) {
      Usage refreshed = usage.refreshedBy(in.request());
      refreshed.respond(in.ref(), in.request(), 200, turn);
      return Optional.of(refreshed);
    }
    return Optional.of(TheirChange.received(usage, in, false, turn));
  }

  static Usage accepted(Usage usage, Body body, Turn turn) {
    return switch (usage.change().theirs()) {
      case Theirs.None _ -> usage;
      case Theirs.Pending pending -> {
        TheirChange.Accepted accepted = TheirChange.accepted(usage, pending, body, List.of(), turn);
        turn.respond(accepted.success());
        yield accepted.usage();
      }
    };
  }

  static Usage refused(Usage usage, int status, List<Header> headers, Turn turn) {
    return switch (usage.change().theirs()) {
      case Theirs.None _ -> usage;
      case Theirs.Pending pending -> TheirChange.refused(usage, pending, status, headers, turn);
    };
  }

  static Usage response(
      Usage usage, ClientKey ref, SipResponse response, boolean caller, Turn turn) {
    if (!(usage.change().ours() instanceof Ours.Sent sent && sent.ref().equals(ref))) {
      return usage;
    }
    return switch (OurChange.response(usage, sent, response, caller, turn)) {
      case OurChange.Outcome.Noted(Usage next) -> next;
      case OurChange.Outcome.Succeeded(Usage next, _, _) -> next;
      case OurChange.Outcome.IntervalTooSmall(Usage next, _, _) -> next;
      case OurChange.Outcome.Lost(EndCause _) -> abandoned(usage, sent, response.status(), turn);
    };
  }

  static Usage failed(Usage usage, ClientKey ref, Turn turn) {
    return usage.change().ours() instanceof Ours.Sent sent && sent.ref().equals(ref)
        ? abandoned(usage, sent, 408, turn)
        : usage;
  }

  private static Usage abandoned(Usage usage, Ours.Sent sent, int status, Turn turn) {
    turn.tell(new SessionNotice.ChangeRefused(status));
    return usage
        .with(usage.change().with(new Ours.None()))
        .with(sent.negotiates() ? sent.before() : usage.negotiation());
  }

  static Usage woken(Usage usage, Turn turn) {
    Usage next =
        switch (usage.change().theirs()) {
          case Theirs.Pending pending when turn.nowNanos >= pending.deadlineNanos() ->
              TheirChange.refused(usage, pending, 488, List.of(), turn);
          case Theirs.None _, Theirs.Pending _ -> usage;
        };
    return switch (next.change().ours()) {
      case Ours.Waiting waiting when turn.nowNanos >= waiting.atNanos() ->
          OurChange.again(next, waiting, true, List.of(), turn);
      case Ours.Challenged challenged when turn.nowNanos >= challenged.deadlineNanos() ->
          OurChange.retried(next, challenged, List.of(), turn);
      case Ours.None _, Ours.Sent _, Ours.Waiting _, Ours.Challenged _ -> next;
    };
  }
}
