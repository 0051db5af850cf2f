package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import java.util.List;

/// What the owner of a session asks. What does not fit the state (answering twice, hanging up after
/// the end) is no news: the two sides of a race need no care. Session descriptions are opaque; the
/// session knows whose turn it is.
public sealed interface SessionCommand extends SessionIn {

  /// UAS: 180 Ringing, 183 Session Progress, ... With a body, early media. Goes reliably when the
  /// caller can (RFC 3262) and there is a body, or when it must.
  ///
  /// @param status 101..199
  record Progress(int status, Body body) implements SessionCommand {}

  /// UAS: pick up. UAC: the answer to an offer that came late ([SessionNotice.Offered]). The body
  /// is the answer, or the offer when the caller sent none; it is left out where the answer has
  /// been given before.
  record Answer(Body body) implements SessionCommand {}

  /// UAS: refuse.
  ///
  /// @param status 300..699
  /// @param headers such as Reason, Warning, Retry-After, Contact
  record Reject(int status, List<Header> headers) implements SessionCommand {
    public Reject(int status) {
      this(status, List.of());
    }
  }

  /// End it in whatever way fits: BYE, CANCEL, or 603.
  ///
  /// @param headers such as Reason (RFC 3326)
  record HangUp(List<Header> headers) implements SessionCommand {
    public HangUp() {
      this(List.of());
    }
  }

  /// Offer a change by re-INVITE (RFC 3261 14); an empty body asks the peer for an offer.
  record Reinvite(Body body) implements SessionCommand {}

  /// Offer a change by UPDATE (RFC 3311), also before the answer.
  record Update(Body body) implements SessionCommand {}

  /// The answer to [SessionNotice.ChangeOffered]; to an empty one, the offer.
  record AcceptChange(Body body) implements SessionCommand {}

  /// The session stays as it was.
  ///
  /// @param status 488 usually
  record RefuseChange(int status, List<Header> headers) implements SessionCommand {
    public RefuseChange(int status) {
      this(status, List.of());
    }
  }

  record SendInfo(String contentType, Body body) implements SessionCommand {}

  /// Send the request that was challenged once more.
  ///
  /// @param credentials Authorization, Proxy-Authorization; empty to give up
  record Retry(List<Header> credentials) implements SessionCommand {}
}
