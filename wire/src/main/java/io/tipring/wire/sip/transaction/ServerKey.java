package io.tipring.wire.sip.transaction;

import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.Via;
import java.util.Locale;
import java.util.Optional;

/// What joins a request to its server transaction (RFC 3261 17.2.3).
///
/// @param id the top Via branch or, from an RFC 2543 client whose branch proves nothing, the fields
///   compared instead
/// @param sentBy host and port of the top Via; part of the key so that nobody can guess another
///   client's
/// @param method ACK counts as INVITE
public record ServerKey(String id, String sentBy, Method method) {
  /// The transaction that this request begins or belongs to; an ACK finds its INVITE.
  public static ServerKey of(SipRequest request) {
    Method method = request.method().equals(Method.ACK) ? Method.INVITE : request.method();
    return of(request, method);
  }

  /// The INVITE that this CANCEL means (RFC 3261 9.2).
  public static ServerKey cancelledBy(SipRequest cancel) {
    return of(cancel, Method.INVITE);
  }

  private static ServerKey of(SipRequest request, Method method) {
    Via via = request.headers().topVia();
    Optional<String> branch = via.hasRfc3261Branch() ? via.branch() : Optional.empty();
    return new ServerKey(branch.orElseGet(() -> rfc2543(request, via)), sentBy(via), method);
  }

  private static String sentBy(Via via) {
    int port = via.sentBy().port().orElse(via.transport().equalsIgnoreCase("TLS") ? 5061 : 5060);
    return via.sentBy().host().toLowerCase(Locale.ROOT) + ":" + port;
  }

  // The To tag is left out: an initial INVITE has none yet and its ACK has ours. What remains
  // differs between any two transactions all the same, for the CSeq number does.
  private static String rfc2543(SipRequest request, Via via) {
    SipHeaders headers = request.headers();
    String fromTag = headers.from().tag().orElse("");
    return String.join(
        " ",
        request.uri().toString(),
        fromTag,
        headers.callId(),
        Long.toString(headers.cseq().number()),
        via.toString());
  }
}
