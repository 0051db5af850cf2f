package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.Optional;

/// What an INVITE session tells its owner. [Ended] comes exactly once and last.
public sealed interface SessionNotice extends SessionOut {

  /// UAS: a call, the offer in its INVITE; empty when we are to make the offer. UAC: the peer makes
  /// the offer, in a reliable provisional or in its 2xx. Either way [SessionCommand.Answer] is due;
  /// a later one takes the place of an earlier one that has not been answered.
  record Offered(Body offer) implements SessionNotice {}

  /// UAC: 101..199. A body is the answer, or a preview of it.
  record Progressed(int status, Body body) implements SessionNotice {}

  /// UAC: picked up. The body is the answer; empty when it came before, or when [Offered] follows.
  record Answered(Body body) implements SessionNotice {}

  /// UAS: the ACK has come. The body is the peer's answer if the offer was in our 2xx, else empty.
  record Confirmed(Body body) implements SessionNotice {}

  /// The peer wants to change the session; empty when it asks for our offer.
  /// [SessionCommand.AcceptChange] or [SessionCommand.RefuseChange] is due, meant for the latest;
  /// without it 488 goes out after 32*T1.
  record ChangeOffered(Body offer) implements SessionNotice {}

  /// A change is agreed. The body is the peer's answer to our offer, empty if the answer was ours.
  record Changed(Body body) implements SessionNotice {}

  /// Our change was not taken; the session stays as it was.
  ///
  /// @param status the peer's, or 491 when we are not free to ask now, or the peer's own change
  ///   came first
  record ChangeRefused(int status) implements SessionNotice {}

  /// INFO, already answered with 200.
  ///
  /// @param mediaType of the body, without parameters and in lower case; empty when none is given
  record InfoReceived(String mediaType, Body body) implements SessionNotice {}

  /// 401 or 407: [SessionCommand.Retry] is due, within 64*T1.
  record Challenged(SipRequest request, SipResponse challenge) implements SessionNotice {}

  /// @param status the final status that was sent or received for the INVITE, 0 when it had
  ///   succeeded
  /// @param reason the peer's Reason header (RFC 3326)
  record Ended(EndCause cause, int status, Optional<String> reason) implements SessionNotice {}
}
