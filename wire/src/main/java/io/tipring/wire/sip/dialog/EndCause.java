package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.ReasonHeader;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Why a session ended. Each has one [SessionNotice.Ended].
public enum EndCause {
  /// The caller sent CANCEL.
  CANCELLED,
  /// The peer sent BYE.
  REMOTE_BYE,
  /// We sent BYE because the owner hung up.
  LOCAL_BYE,
  /// We refused the INVITE because the owner said so.
  REJECTED,
  /// We refused the INVITE before the owner saw it: 400, 415, 420, 422.
  UNACCEPTABLE,
  /// The owner hung up while its INVITE was not answered; we sent CANCEL.
  LOCAL_CANCEL,
  /// Our INVITE got a final failure.
  REFUSED,
  /// Nobody answered in time, ours or theirs; the time was our patience or the INVITE's Expires.
  NO_ANSWER,
  /// The ACK of our 2xx never came, or the PRACK of a reliable provisional.
  NOT_CONFIRMED,
  /// The session timer ran out (RFC 4028 10).
  SESSION_EXPIRED,
  /// The peer does not know the dialog any more: 481, 408 or silence on a request in it (RFC 3261
  /// 12.2.1.2).
  DIALOG_GONE,
  /// A request could not be sent.
  TRANSPORT_FAILED,
  /// The answer to an offer is missing.
  NO_SESSION_DESCRIPTION;

  /// ITU-T Q.850 cause of an end that the session itself decided on; empty where its owner or its
  /// peer did, who have their own words for it.
  public OptionalInt q850() {
    return switch (this) {
      case NO_ANSWER -> OptionalInt.of(19);
      case DIALOG_GONE, TRANSPORT_FAILED -> OptionalInt.of(27);
      case NO_SESSION_DESCRIPTION -> OptionalInt.of(79);
      case NOT_CONFIRMED, SESSION_EXPIRED -> OptionalInt.of(102);
      case CANCELLED, REMOTE_BYE, LOCAL_BYE, REJECTED, UNACCEPTABLE, LOCAL_CANCEL, REFUSED ->
          OptionalInt.empty();
    };
  }

  /// `headers` with a Reason (RFC 3326), if they have none and this is ours to explain.
  List<Header> explained(List<Header> headers) {
    boolean said = headers.stream().anyMatch(h -> h.name().equalsIgnoreCase(ReasonHeader.NAME));
    return said || q850().isEmpty()
        ? headers
        : Stream.concat(headers.stream(), Stream.of(ReasonHeader.q850(q850().getAsInt()))).toList();
  }
}
