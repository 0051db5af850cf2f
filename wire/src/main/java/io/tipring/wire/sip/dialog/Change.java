package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ServerKey;

/// Changes of a session under way: at most one of ours (re-INVITE or UPDATE) and one of the peer's.
record Change(Ours ours, Theirs theirs) {
  static final Change NONE = new Change(new Ours.None(), new Theirs.None());

  enum Purpose {
    /// The owner asked for it.
    OWNER,
    /// Only to show that we are alive (RFC 4028 7.4).
    REFRESH
  }

  sealed interface Ours {
    record None() implements Ours {}

    /// @param before what to return to when it fails
    /// @param attempt 1 for the first
    /// @param progress how far an INVITE has got; an UPDATE has its own timeout
    record Sent(
        ClientKey ref,
        SipRequest request,
        Purpose purpose,
        Negotiation before,
        int attempt,
        Progress progress)
        implements Ours {
      Sent with(Progress next) {
        return new Sent(ref, request, purpose, before, attempt, next);
      }

      /// Whether it takes part in offer and answer: an UPDATE without body does not.
      boolean negotiates() {
        return request.method().equals(Method.INVITE) || !request.body().isEmpty();
      }
    }

    /// How far a re-INVITE has got (RFC 3261 9.1: no CANCEL before a provisional).
    sealed interface Progress {
      /// Nothing has come back; its own timeout bounds the wait.
      record Calling() implements Progress {}

      /// A provisional has come. At `cancelAtNanos` we stop waiting.
      record Ringing(long cancelAtNanos) implements Progress {}

      /// CANCEL has been sent; the transaction's timeout bounds the wait again.
      record Cancelled() implements Progress {}

      default long wakeAtNanos() {
        return this instanceof Ringing(long cancelAtNanos) ? cancelAtNanos : Long.MAX_VALUE;
      }
    }

    /// The peer was busy; once more at `atNanos` (RFC 3261 14.1).
    ///
    /// @param basis what was agreed when the body was written
    record Waiting(
        Method method, Body body, Purpose purpose, Negotiation basis, int attempt, long atNanos)
        implements Ours {}

    /// The owner looks for credentials.
    record Challenged(Sent sent, long deadlineNanos) implements Ours {}
  }

  sealed interface Theirs {
    record None() implements Theirs {}

    /// Our answer is due.
    ///
    /// @param before what to return to when we refuse
    record Pending(ServerKey ref, SipRequest request, Negotiation before, long deadlineNanos)
        implements Theirs {}
  }

  Change with(Ours next) {
    return new Change(next, theirs);
  }

  Change with(Theirs next) {
    return new Change(ours, next);
  }

  boolean idle() {
    return ours instanceof Ours.None && theirs instanceof Theirs.None;
  }

  long wakeAtNanos() {
    long oursAt =
        switch (ours) {
          case Ours.None _ -> Long.MAX_VALUE;
          case Ours.Sent sent -> sent.progress().wakeAtNanos();
          case Ours.Waiting waiting -> waiting.atNanos();
          case Ours.Challenged challenged -> challenged.deadlineNanos();
        };
    long theirsAt =
        switch (theirs) {
          case Theirs.None _ -> Long.MAX_VALUE;
          case Theirs.Pending pending -> pending.deadlineNanos();
        };
    return Math.min(oursAt, theirsAt);
  }
}
