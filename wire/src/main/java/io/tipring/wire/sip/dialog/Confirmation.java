package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Retransmission;
import java.util.List;

/// The third leg of the last INVITE, first or later. Our 2xx goes out again and again, over any
/// transport, until its ACK comes (RFC 3261 13.3.1.4, 14.2).
sealed interface Confirmation {
  record Settled() implements Confirmation {}

  /// A 2xx to our INVITE had the offer: the ACK waits for our answer (RFC 3261 13.2.2.4).
  record Owed(ClientKey ref, SipRequest invite, long deadlineNanos) implements Confirmation {}

  /// @param seq CSeq number of the INVITE, and so of its ACK
  /// @param initial it answers the first INVITE
  /// @param offering our offer is in it, so their answer must be in the ACK
  record Awaited(
      Turn.Reply success, long seq, boolean initial, boolean offering, Retransmission resend)
      implements Confirmation {
    private Awaited repeatedOnce(Turn turn) {
      if (!resend.due(turn.nowNanos)) {
        return this;
      }
      turn.respond(success);
      return new Awaited(
          success,
          seq,
          initial,
          offering,
          resend.backedOff(turn.settings.timers().t2Nanos(), turn.nowNanos));
    }
  }

  /// As [Awaited], with a BYE to send when the wait is over (RFC 3261 15: not before).
  record AwaitedToHangUp(Awaited awaited, EndCause cause, List<Header> headers)
      implements Confirmation {}

  static Awaited of(
      Turn.Reply success, SipRequest invite, boolean initial, boolean offering, Turn turn) {
    turn.respond(success);
    return new Awaited(
        success,
        invite.headers().cseq().number(),
        initial,
        offering,
        Retransmission.begin(turn.settings.timers(), false, turn.nowNanos));
  }

  default long wakeAtNanos() {
    return switch (this) {
      case Settled() -> Long.MAX_VALUE;
      case Owed owed -> owed.deadlineNanos();
      case Awaited awaited -> awaited.resend().wakeAtNanos();
      case AwaitedToHangUp(Awaited awaited, _, _) -> awaited.resend().wakeAtNanos();
    };
  }

  /// Sends it again when it is time.
  default Confirmation repeated(Turn turn) {
    return switch (this) {
      case Settled settled -> settled;
      case Owed owed -> owed;
      case Awaited awaited -> awaited.repeatedOnce(turn);
      case AwaitedToHangUp(Awaited awaited, EndCause cause, List<Header> headers) ->
          new AwaitedToHangUp(awaited.repeatedOnce(turn), cause, headers);
    };
  }
}
