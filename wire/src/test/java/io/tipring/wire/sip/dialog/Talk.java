package io.tipring.wire.sip.dialog;

import io.tipring.wire.Step;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.CSeq;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.Params;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipWriter;
import io.tipring.wire.sip.Uri;
import io.tipring.wire.sip.Via;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One session under a test's hand: feeds it messages written by hand and keeps what it sent and
/// said.
final class Talk {
  static final NameAddr CONTACT = NameAddr.parse("<sip:tipring@192.0.2.1>");
  static final Body OFFER = Body.utf8("v=0 offer");
  static final Body ANSWER = Body.utf8("v=0 answer");
  static final long SECOND = 1_000_000_000L;

  final InviteSession session;
  final List<SessionOut> out = new ArrayList<>();
  SessionState state = new SessionState.Closed("", "");
  long now = 1_000 * SECOND;

  Talk() {
    this(SessionSettings.USUAL);
  }

  Talk(SessionSettings settings) {
    session = new InviteSession(settings, new Counted());
  }

  /// A caller's INVITE reaches us.
  Talk offered(String... headers) {
    return offered(OFFER, headers);
  }

  Talk offered(Body offer, String... headers) {
    return offered(request("INVITE", 1, "caller-tag", "", offer, headers));
  }

  Talk offered(SipRequest invite) {
    return take(session.offered(ServerKey.of(invite), invite, CONTACT, now));
  }

  /// We call.
  Talk calls(Body offer, Header... headers) {
    NameAddr us = NameAddr.parse("<sip:us@192.0.2.1>");
    NameAddr them = NameAddr.parse("<sip:them@192.0.2.2>");
    Target target = new Target(them.uri(), us, them, CONTACT, List.of(), List.of(headers));
    return take(session.call(target, offer, now));
  }

  Talk on(SessionIn in) {
    return take(session.on(state, in, now));
  }

  /// A request from the peer in the dialog that `offered` began.
  Talk receives(String method, long cseq, Body body, String... headers) {
    return receives(request(method, cseq, "caller-tag", state.localTag(), body, headers));
  }

  Talk receives(SipRequest request) {
    return on(
        request.method().equals(Method.ACK)
            ? new SessionIn.Ack(request)
            : new SessionIn.Request(ServerKey.of(request), request));
  }

  /// A response to the last request that was sent with this method.
  Talk responds(String method, int status, String tag, Body body, String... headers) {
    return responds(lastRequest(method), status, tag, body, headers);
  }

  Talk responds(SessionOut.SendRequest to, int status, String tag, Body body, String... headers) {
    SipRequest sent =
        to.request()
            .withHeaders(
                to.request()
                    .headers()
                    .prepended("Via", "SIP/2.0/UDP 192.0.2.1;branch=" + to.ref().branch()));
    SipResponse response = SipResponse.to(sent, status);
    if (!tag.isEmpty()) {
      response = response.withToTag(tag);
    }
    SipHeaders.Builder all = response.headers().toBuilder();
    add(all, headers);
    if (!body.isEmpty()) {
      all.add("Content-Type", "application/sdp");
    }
    return on(new SessionIn.Response(to.ref(), response.withHeaders(all.build()).withBody(body)));
  }

  Talk failed(ClientKey ref) {
    return on(new SessionIn.ClientFailed(ref, Failure.TIMEOUT));
  }

  /// Lets time pass, waking the session whenever it wants.
  Talk passes(long nanos) {
    long until = now + nanos;
    while (state.wakeAtNanos() <= until) {
      now = Math.max(now, state.wakeAtNanos());
      on(new SessionIn.Wake());
    }
    now = until;
    return this;
  }

  Talk forget() {
    out.clear();
    return this;
  }

  SessionOut.SendRequest lastRequest(String method) {
    return sent(SessionOut.SendRequest.class).stream()
        .filter(send -> send.request().method().token().equals(method))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("no " + method + " was sent: " + out));
  }

  SipResponse lastResponse() {
    return sent(SessionOut.Respond.class).getLast().response();
  }

  List<Integer> statuses() {
    return sent(SessionOut.Respond.class).stream()
        .map(respond -> respond.response().status())
        .toList();
  }

  List<String> requests() {
    return sent(SessionOut.SendRequest.class).stream()
        .map(send -> send.request().method().token())
        .toList();
  }

  <T extends SessionOut> List<T> sent(Class<T> type) {
    return out.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<SessionNotice> notices() {
    return sent(SessionNotice.class);
  }

  static SipRequest request(
      String method, long cseq, String fromTag, String toTag, Body body, String... headers) {
    SipHeaders.Builder all = SipHeaders.builder();
    all.add(
        "Via",
        new Via(
            "UDP",
            HostPort.of("192.0.2.2"),
            Params.EMPTY.with("branch", "z9hG4bK" + method + cseq)));
    all.add("Max-Forwards", "70");
    all.add("From", NameAddr.parse("<sip:them@192.0.2.2>").withTag(fromTag));
    NameAddr to = NameAddr.parse("<sip:us@192.0.2.1>");
    all.add("To", toTag.isEmpty() ? to : to.withTag(toTag));
    all.add("Call-ID", "their-call");
    all.add("CSeq", new CSeq(cseq, Method.of(method)));
    all.add("Contact", "<sip:them@192.0.2.2:5070>");
    add(all, headers);
    if (!body.isEmpty()) {
      all.add("Content-Type", "application/sdp");
    }
    SipRequest request =
        new SipRequest(Method.of(method), Uri.parse("sip:us@192.0.2.1"), all.build(), body);
    return (SipRequest) reread(request);
  }

  private static void add(SipHeaders.Builder all, String... headers) {
    for (String header : headers) {
      int colon = header.indexOf(':');
      all.add(header.substring(0, colon), header.substring(colon + 1).strip());
    }
  }

  /// As the wire would bring it.
  private static SipMessage reread(SipRequest request) {
    byte[] bytes = SipWriter.write(request);
    return switch (new SipParser().parseDatagram(bytes, 0, bytes.length)) {
      case Parsed.Message(var message) -> message;
      case Parsed other ->
          throw new AssertionError(other + " for " + new String(bytes, StandardCharsets.UTF_8));
    };
  }

  private Talk take(Step<SessionState, SessionOut> step) {
    state = step.next();
    out.addAll(step.out());
    return this;
  }
}
