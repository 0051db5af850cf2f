package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.CSeq;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipUri;
import io.tipring.wire.sip.Uri;
import java.util.ArrayList;
import java.util.List;

/// A peer-to-peer relationship (RFC 3261 12): who we are to each other, by which way, and how far
/// we have counted.
///
/// @param local our name with our tag
/// @param remote the peer's name with its tag
/// @param remoteTarget where the peer wants requests: its Contact
/// @param routeSet the proxies on the way, nearest first
/// @param localSeq CSeq number of our last request
/// @param remoteSeq CSeq number of the peer's last request, `NONE` before the first
/// @param confirmed a 2xx has been sent or received
public record Dialog(
    String callId,
    NameAddr local,
    NameAddr remote,
    Uri remoteTarget,
    List<NameAddr> routeSet,
    long localSeq,
    long remoteSeq,
    boolean confirmed) {
  public static final long NONE = -1;

  /// What identifies it. A peer of RFC 2543 has an empty tag.
  public record Id(String callId, String localTag, String remoteTag) {}

  /// The dialog of an INVITE that came (RFC 3261 12.1.1).
  public static Dialog asUas(SipRequest invite, String localTag) {
    SipHeaders headers = invite.headers();
    return new Dialog(
        headers.callId(),
        headers.to().withTag(localTag),
        headers.from(),
        target(headers, headers.from().uri()),
        headers.recordRoutes(),
        0,
        headers.cseq().number(),
        false);
  }

  /// The dialog that a response to our INVITE makes (RFC 3261 12.1.2).
  public static Dialog asUac(SipRequest invite, SipResponse response) {
    SipHeaders headers = response.headers();
    return new Dialog(
        headers.callId(),
        invite.headers().from(),
        headers.to(),
        target(headers, invite.uri()),
        headers.recordRoutes().reversed(),
        invite.headers().cseq().number(),
        NONE,
        response.isSuccess());
  }

  private static Uri target(SipHeaders headers, Uri otherwise) {
    return headers.contacts().isEmpty() ? otherwise : headers.contacts().getFirst().uri();
  }

  public Id id() {
    return new Id(callId, localTag(), remoteTag());
  }

  public String localTag() {
    return local.tag().orElse("");
  }

  /// Empty when the peer speaks RFC 2543 (RFC 3261 12.1).
  public String remoteTag() {
    return remote.tag().orElse("");
  }

  /// Whether a request from the peer is of this dialog.
  public boolean isOf(SipRequest request) {
    SipHeaders headers = request.headers();
    return headers.callId().equals(callId)
        && headers.to().tag().orElse("").equals(localTag())
        && headers.from().tag().orElse("").equals(remoteTag());
  }

  /// The 2xx came: its route set and target count, whatever a provisional said (RFC 3261 13.2.2.4).
  public Dialog confirmedBy(SipResponse success) {
    return new Dialog(
        callId,
        local,
        remote,
        target(success.headers(), remoteTarget),
        success.headers().recordRoutes().reversed(),
        localSeq,
        remoteSeq,
        true);
  }

  /// We have sent the 2xx.
  public Dialog confirmedByUs() {
    return new Dialog(callId, local, remote, remoteTarget, routeSet, localSeq, remoteSeq, true);
  }

  /// A target refresh: re-INVITE, UPDATE, or a 2xx to one of them (RFC 3261 12.2.1.2, 12.2.2).
  public Dialog refreshedBy(SipHeaders headers) {
    return new Dialog(
        callId,
        local,
        remote,
        target(headers, remoteTarget),
        routeSet,
        localSeq,
        remoteSeq,
        confirmed);
  }

  /// Whether a request from the peer comes too late (RFC 3261 12.2.2).
  public boolean isOutOfOrder(SipRequest request) {
    return request.headers().cseq().number() < remoteSeq;
  }

  public Dialog withRemoteSeq(long number) {
    return new Dialog(callId, local, remote, remoteTarget, routeSet, localSeq, number, confirmed);
  }

  /// The dialog as it counts our next request.
  public Dialog advanced() {
    return withLocalSeq(localSeq + 1);
  }

  public Dialog withLocalSeq(long number) {
    return new Dialog(callId, local, remote, remoteTarget, routeSet, number, remoteSeq, confirmed);
  }

  /// A request with the current number; [#advanced()] comes first for all but ACK. Via is the
  /// transaction layer's.
  public SipRequest request(Method method) {
    return request(method, localSeq);
  }

  /// The ACK of a 2xx has the number of its INVITE (RFC 3261 13.2.2.4) and its credentials (22.1).
  public SipRequest ack(SipRequest invite) {
    SipRequest ack = request(Method.ACK, invite.headers().cseq().number());
    SipHeaders.Builder headers = ack.headers().toBuilder();
    invite.headers().credentials().forEach(headers::add);
    return ack.withHeaders(headers.build());
  }

  private SipRequest request(Method method, long number) {
    SipHeaders.Builder headers = SipHeaders.builder();
    Uri uri = remoteTarget;
    List<NameAddr> routes = routeSet;
    if (!routes.isEmpty() && isStrict(routes.getFirst())) {
      // RFC 3261 12.2.1.1: a strict router takes the Request-URI for itself; the target becomes the
      // last route.
      uri = requestUri(routes.getFirst().uri());
      var shifted = new ArrayList<>(routes.subList(1, routes.size()));
      shifted.add(NameAddr.of(remoteTarget));
      routes = shifted;
    }
    routes.forEach(route -> headers.add("Route", route));
    headers.add("Max-Forwards", "70");
    headers.add("From", local);
    headers.add("To", remote);
    headers.add("Call-ID", callId);
    headers.add("CSeq", new CSeq(number, method));
    return new SipRequest(method, uri, headers.build(), Body.EMPTY);
  }

  private static boolean isStrict(NameAddr route) {
    return !(route.uri() instanceof SipUri sip && sip.isLooseRouter());
  }

  // RFC 3261 19.1.1: neither headers nor a method parameter stand in a Request-URI.
  private static Uri requestUri(Uri uri) {
    return uri instanceof SipUri sip
        ? new SipUri(sip.secure(), sip.user(), sip.at(), sip.params().without("method"), List.of())
        : uri;
  }
}
