package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The INVITE usage of a dialog (RFC 5057 3): early or confirmed, of either side.
///
/// @param contact ours, in everything that makes or refreshes a target
/// @param peerUpdates the peer allows UPDATE
record Usage(
    Dialog dialog, NameAddr contact, Negotiation negotiation, Change change, boolean peerUpdates) {
  static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, PRACK, UPDATE";
  static final String SUPPORTED = "100rel, timer";
  static final String SDP = "application/sdp";
  private static final List<String> EXTENSIONS = List.of("100rel", "timer");

  /// A new one, of a message with these headers of the peer.
  static Usage of(Dialog dialog, NameAddr contact, Negotiation negotiation, SipHeaders headers) {
    return new Usage(dialog, contact, negotiation, Change.NONE, has(headers, "Allow", "UPDATE"));
  }

  Usage with(Dialog next) {
    return new Usage(next, contact, negotiation, change, peerUpdates);
  }

  Usage with(Negotiation next) {
    return new Usage(dialog, contact, next, change, peerUpdates);
  }

  Usage with(Change next) {
    return new Usage(dialog, contact, negotiation, next, peerUpdates);
  }

  /// What the peer allows may change with each of its messages (RFC 3311 4).
  Usage hears(SipHeaders headers) {
    return headers.has("Allow")
        ? new Usage(dialog, contact, negotiation, change, has(headers, "Allow", "UPDATE"))
        : this;
  }

  /// What the first INVITE's own exchange wants next. A change begins only after that exchange is
  /// over.
  Negotiation.Due dueInInvite() {
    boolean theirs = change.theirs() instanceof Change.Theirs.Pending;
    boolean ours = change.ours() instanceof Change.Ours.Sent sent && sent.negotiates();
    return theirs || ours ? Negotiation.Due.NOTHING : negotiation.due();
  }

  /// The peer has refused an UPDATE as unknown, whatever it had said.
  Usage withoutUpdates() {
    return new Usage(dialog, contact, negotiation, change, false);
  }

  /// The peer's re-INVITE or UPDATE, taken (RFC 3261 12.2.2).
  Usage refreshedBy(SipRequest request) {
    return with(dialog.refreshedBy(request.headers())).hears(request.headers());
  }

  /// The dialog has counted our next request: take the request from the result with
  /// [#request(Method, Turn)].
  Usage advanced() {
    return with(dialog.advanced());
  }

  SipRequest request(Method method, Turn turn) {
    SipRequest request = dialog.request(method);
    SipHeaders.Builder headers = request.headers().toBuilder();
    if (method.equals(Method.INVITE) || method.equals(Method.UPDATE)) {
      // Without 100rel: a re-INVITE is answered at once or not at all, and nobody here would send a
      // PRACK.
      describe(headers, "timer");
    }
    if (!turn.settings.agent().isEmpty()) {
      headers.add("User-Agent", turn.settings.agent());
    }
    return request.withHeaders(headers.build());
  }

  SipRequest request(Method method, Body sdp, Turn turn) {
    return withSdp(request(method, turn), sdp);
  }

  /// A response from our end of the dialog, its tag in To.
  SipResponse response(SipRequest request, int status, Turn turn) {
    SipResponse response = SipResponse.to(request, status).withToTag(dialog.localTag());
    SipHeaders.Builder headers = response.headers().toBuilder();
    boolean refreshes =
        request.method().equals(Method.INVITE) || request.method().equals(Method.UPDATE);
    if (refreshes && status < 300) {
      // RFC 3261 12.1.1: what makes the dialog carries the way back.
      if (request.method().equals(Method.INVITE)) {
        request.headers().all("Record-Route").forEach(route -> headers.add("Record-Route", route));
      }
      describe(headers, SUPPORTED);
    }
    if (!turn.settings.agent().isEmpty()) {
      headers.add("Server", turn.settings.agent());
    }
    return response.withHeaders(headers.build());
  }

  SipResponse response(SipRequest request, int status, Body sdp, Turn turn) {
    SipResponse response = response(request, status, turn);
    if (sdp.isEmpty()) {
      return response;
    }
    return response.withHeaders(response.headers().with("Content-Type", SDP)).withBody(sdp);
  }

  SipResponse response(SipRequest request, int status, List<Header> more, Turn turn) {
    SipResponse response = response(request, status, turn);
    return response.withHeaders(added(response.headers(), more));
  }

  static SipRequest withSdp(SipRequest request, Body sdp) {
    return sdp.isEmpty()
        ? request
        : request.withHeaders(request.headers().with("Content-Type", SDP)).withBody(sdp);
  }

  static SipHeaders added(SipHeaders headers, List<Header> more) {
    SipHeaders.Builder builder = headers.toBuilder();
    more.forEach(builder::add);
    return builder.build();
  }

  private void describe(SipHeaders.Builder headers, String supported) {
    headers.add("Contact", contact);
    headers.add("Allow", ALLOW);
    headers.add("Supported", supported);
  }

  /// What a request requires and we cannot do (RFC 3261 8.2.2.3).
  static List<String> unsupported(SipRequest request) {
    List<String> required = request.headers().tokens("Require");
    return required.isEmpty()
        ? required
        : required.stream()
            .filter(option -> EXTENSIONS.stream().noneMatch(option::equalsIgnoreCase))
            .toList();
  }

  static boolean has(SipHeaders headers, String header, String token) {
    for (String written : headers.tokens(header)) {
      if (written.equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  /// Only one kind of body takes part in offer and answer.
  static Body sdp(SipHeaders headers, Body body) {
    return isSdp(headers) && isPlain(headers) ? body : Body.EMPTY;
  }

  /// What would make readable a body that we can neither read nor pass over (RFC 3261 8.2.3): to
  /// take an offer in another dress for none would answer it with an offer of ours.
  ///
  /// @return the Accept or Accept-Encoding of a 415; empty when all is well
  static Optional<Header> unreadable(SipRequest request) {
    SipHeaders headers = request.headers();
    boolean negotiates =
        Stream.of(Method.INVITE, Method.UPDATE, Method.PRACK).anyMatch(request.method()::equals);
    if (!negotiates || request.body().isEmpty() || isOptional(headers)) {
      return Optional.empty();
    }
    if (!isPlain(headers)) {
      return Optional.of(new Header("Accept-Encoding", "identity"));
    }
    return isSdp(headers) ? Optional.empty() : Optional.of(new Header("Accept", SDP));
  }

  // A body without a type can hardly be anything else.
  private static boolean isSdp(SipHeaders headers) {
    return headers.contentType().isEmpty() || headers.mediaType().equals(SDP);
  }

  private static boolean isPlain(SipHeaders headers) {
    return headers.tokens("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase);
  }

  // RFC 3261 20.11
  private static boolean isOptional(SipHeaders headers) {
    return headers.values("Content-Disposition").stream()
        .anyMatch(disposition ->
            disposition.params().get("handling").filter("optional"::equalsIgnoreCase).isPresent());
  }

  void respond(ServerKey ref, SipRequest request, int status, Turn turn) {
    turn.respond(ref, response(request, status, turn));
  }
}
