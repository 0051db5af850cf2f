package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.CSeq;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.Change.Ours;
import io.tipring.wire.sip.dialog.Change.Purpose;
import io.tipring.wire.sip.transaction.ClientKey;
import java.util.List;

/// Changes that we ask for: re-INVITE (RFC 3261 14.1) and UPDATE (RFC 3311 5.1).
final class OurChange {
  private static final long TEN_MILLIS_NANOS = 10_000_000L;
  private static final int MOST_ATTEMPTS = 8;

  /// RFC 3261 14.2 says 10; a peer that wants more is not merely busy.
  private static final int LONGEST_WAIT_SECONDS = 32;

  private OurChange() {}

  /// What a response to our change means.
  sealed interface Outcome {
    /// Not the end of it, or an end without success.
    record Noted(Usage usage) implements Outcome {}

    /// A 2xx; that of a re-INVITE wants an ACK.
    ///
    /// @param answerOwed the peer's offer was in it
    record Succeeded(Usage usage, Ours.Sent sent, boolean answerOwed) implements Outcome {}

    /// 422 (RFC 4028 7.4): the same once more, with a longer interval.
    record IntervalTooSmall(Usage usage, Ours.Sent sent, int minSeconds) implements Outcome {}

    /// The call cannot go on.
    record Lost(EndCause cause) implements Outcome {}
  }

  /// Whether an offer may be made now (RFC 3261 14.1, RFC 3311 5.1).
  static boolean free(Usage usage) {
    return usage.negotiation().settled() && usage.change().idle();
  }

  static Usage sent(
      Usage usage,
      Method method,
      Body body,
      Purpose purpose,
      int attempt,
      List<Header> more,
      Turn turn) {
    Usage advanced = usage.advanced();
    SipRequest request = advanced.request(method, body, turn);
    return sent(
        advanced,
        request.withHeaders(Usage.added(request.headers(), more)),
        purpose,
        attempt,
        turn);
  }

  private static Usage sent(
      Usage advanced, SipRequest request, Purpose purpose, int attempt, Turn turn) {
    ClientKey ref = turn.send(request);
    Negotiation before = advanced.negotiation();
    Ours.Sent sent =
        new Ours.Sent(ref, request, purpose, before, attempt, new Ours.Progress.Calling());
    Negotiation after =
        request.body().isEmpty() ? before.awaitingOffer() : before.offerSent(request.body());
    return advanced.with(advanced.change().with(sent)).with(sent.negotiates() ? after : before);
  }

  static Outcome response(
      Usage usage, Ours.Sent sent, SipResponse response, boolean caller, Turn turn) {
    if (response.isProvisional()) {
      return new Outcome.Noted(usage.with(usage.change().with(ringing(sent, turn))));
    }
    if (response.isSuccess()) {
      return success(usage, sent, response, turn);
    }
    Usage restored = restored(usage, sent);
    boolean again = sent.attempt() < MOST_ATTEMPTS;
    SipHeaders headers = response.headers();
    return switch (response.status()) {
      case 491 ->
          again
              ? later(restored, sent, glareNanos(caller, turn), turn)
              : refused(restored, sent, 491, turn);
      // RFC 3261 14.2, RFC 3311 5.2: the peer says when.
      case 500 ->
          again && headers.seconds("Retry-After").orElse(Integer.MAX_VALUE) <= LONGEST_WAIT_SECONDS
              ? later(
                  restored, sent, headers.seconds("Retry-After").orElse(0) * 1_000_000_000L, turn)
              : refused(restored, sent, 500, turn);
      case 401, 407 -> {
        turn.tell(new SessionNotice.Challenged(sent.request(), response));
        Ours challenged = new Ours.Challenged(sent, turn.deadlineNanos());
        yield new Outcome.Noted(restored.with(restored.change().with(challenged)));
      }
      case 422 ->
          again
              ? new Outcome.IntervalTooSmall(restored, sent, headers.seconds("Min-SE").orElse(0))
              : refused(restored, sent, 422, turn);
      // RFC 3261 12.2.1.2, 14.1: the peer has lost the dialog.
      case 408, 481 -> new Outcome.Lost(EndCause.DIALOG_GONE);
      // RFC 3261 14.1: the session goes on as if nothing had been asked.
      default -> refused(restored, sent, response.status(), turn);
    };
  }

  private static Ours.Sent ringing(Ours.Sent sent, Turn turn) {
    boolean first =
        sent.ref().method().equals(Method.INVITE)
            && sent.progress() instanceof Ours.Progress.Calling;
    return first
        ? sent.with(new Ours.Progress.Ringing(turn.nowNanos + turn.settings.setupNanos()))
        : sent;
  }

  /// The peer takes too long, or the call ends: an INVITE that rings is cancelled, lest it ring for
  /// ever (RFC 3261 9.1).
  static Usage cancelled(Usage usage, Turn turn) {
    if (usage.change().ours() instanceof Ours.Sent sent
        && sent.progress() instanceof Ours.Progress.Ringing) {
      turn.send(new SessionOut.SendCancel(sent.ref(), List.of()));
      return usage.with(usage.change().with(sent.with(new Ours.Progress.Cancelled())));
    }
    return usage;
  }

  /// The re-INVITE that cannot be cancelled yet when the call ends; none or one.
  static List<ClientKey> unanswered(Usage usage) {
    return usage.change().ours() instanceof Ours.Sent sent
            && sent.ref().method().equals(Method.INVITE)
            && sent.progress() instanceof Ours.Progress.Calling
        ? List.of(sent.ref())
        : List.of();
  }

  private static Outcome success(Usage usage, Ours.Sent sent, SipResponse response, Turn turn) {
    // RFC 3261 12.2.1.2: a target refresh; RFC 3311 5.1 likewise.
    Usage refreshed =
        usage
            .with(usage.dialog().refreshedBy(response.headers()))
            .hears(response.headers())
            .with(usage.change().with(new Ours.None()));
    if (!sent.negotiates()) {
      return new Outcome.Succeeded(refreshed, sent, false);
    }
    Body sdp = Usage.sdp(response.headers(), response.body());
    if (sdp.isEmpty()) {
      return unanswered(refreshed.with(sent.before()), sent, turn);
    }
    if (sent.request().body().isEmpty()) {
      turn.tell(new SessionNotice.ChangeOffered(sdp));
      return new Outcome.Succeeded(
          refreshed.with(refreshed.negotiation().offerReceived()), sent, true);
    }
    if (sent.purpose() == Purpose.OWNER) {
      turn.tell(new SessionNotice.Changed(sdp));
    }
    return new Outcome.Succeeded(
        refreshed.with(refreshed.negotiation().answerReceived()), sent, false);
  }

  // RFC 3261 13.2.1 wants a description. Without one nothing is agreed, and what was agreed before
  // stays.
  private static Outcome unanswered(Usage usage, Ours.Sent sent, Turn turn) {
    if (sent.purpose() == Purpose.OWNER) {
      turn.tell(new SessionNotice.ChangeRefused(488));
    }
    return new Outcome.Succeeded(usage, sent, false);
  }

  /// RFC 3261 14.1: who made the Call-ID waits 2.1 to 4 s, the other 0 to 2 s, in steps of 10 ms.
  private static long glareNanos(boolean caller, Turn turn) {
    long steps = caller ? 210 + turn.identifiers.below(191) : turn.identifiers.below(201);
    return steps * TEN_MILLIS_NANOS;
  }

  private static Outcome later(Usage restored, Ours.Sent sent, long waitNanos, Turn turn) {
    SipRequest request = sent.request();
    Ours waiting =
        new Ours.Waiting(
            request.method(),
            request.body(),
            sent.purpose(),
            restored.negotiation(),
            sent.attempt(),
            turn.nowNanos + waitNanos);
    return new Outcome.Noted(restored.with(restored.change().with(waiting)));
  }

  private static Outcome refused(Usage restored, Ours.Sent sent, int status, Turn turn) {
    if (sent.purpose() == Purpose.OWNER) {
      turn.tell(new SessionNotice.ChangeRefused(status));
    }
    return new Outcome.Noted(restored);
  }

  private static Usage restored(Usage usage, Ours.Sent sent) {
    Usage without = usage.with(usage.change().with(new Ours.None()));
    return sent.negotiates() ? without.with(sent.before()) : without;
  }

  /// The peer was busy and should be free by now. While we are not, the wait begins anew.
  static Usage again(
      Usage usage, Ours.Waiting waiting, boolean free, List<Header> more, Turn turn) {
    Usage without = usage.with(usage.change().with(new Ours.None()));
    Negotiation negotiation = usage.negotiation();
    if (!free || !free(without)) {
      long at = turn.nowNanos + (50 + turn.identifiers.below(151)) * TEN_MILLIS_NANOS;
      Ours later =
          new Ours.Waiting(
              waiting.method(),
              waiting.body(),
              waiting.purpose(),
              waiting.basis(),
              waiting.attempt(),
              at);
      return usage.with(usage.change().with(later));
    }
    Body body = waiting.body();
    if (!body.isEmpty() && !negotiation.equals(waiting.basis())) {
      // Another change came between. An offer must build on what is agreed (RFC 3264 8), so this
      // one is void.
      if (waiting.purpose() == Purpose.OWNER) {
        turn.tell(new SessionNotice.ChangeRefused(491));
      }
      return without;
    }
    return sent(
        without, waiting.method(), body, waiting.purpose(), waiting.attempt() + 1, more, turn);
  }

  /// RFC 3261 22.2: the same with credentials and the next number; without any, it has failed.
  static Usage retried(
      Usage usage, Ours.Challenged challenged, List<Header> credentials, Turn turn) {
    Ours.Sent sent = challenged.sent();
    Usage without = usage.with(usage.change().with(new Ours.None()));
    boolean busy = sent.negotiates() && !free(without);
    if (credentials.isEmpty() || busy || sent.attempt() >= MOST_ATTEMPTS) {
      if (sent.purpose() == Purpose.OWNER) {
        turn.tell(new SessionNotice.ChangeRefused(401));
      }
      return without;
    }
    Usage advanced = without.advanced();
    SipRequest request = sent.request();
    SipHeaders headers =
        request
            .headers()
            .without("Authorization")
            .without("Proxy-Authorization")
            .replaced("CSeq", new CSeq(advanced.dialog().localSeq(), request.method()).toString());
    SipRequest next = request.withHeaders(Usage.added(headers, credentials));
    return sent(advanced, next, sent.purpose(), sent.attempt() + 1, turn);
  }
}
