package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import java.util.List;
import java.util.Optional;

/// What every request within a dialog must pass, and the requests that are answered alike in every
/// state.
final class InDialog {
  private InDialog() {}

  /// The usage having counted the request; empty when it was refused and is done with.
  static Optional<Usage> admitted(Usage usage, SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    if (!usage.dialog().isOf(request)) {
      // RFC 3261 12.2.2: a dialog we do not know.
      usage.respond(in.ref(), request, 481, turn);
      return Optional.empty();
    }
    if (usage.dialog().isOutOfOrder(request)) {
      // RFC 3261 12.2.2: lower than the last number.
      usage.respond(in.ref(), request, 500, turn);
      return Optional.empty();
    }
    Usage counted = usage.with(usage.dialog().withRemoteSeq(request.headers().cseq().number()));
    List<String> unsupported = Usage.unsupported(request);
    if (!unsupported.isEmpty()) {
      // RFC 3261 8.2.2.3
      Header which = new Header("Unsupported", String.join(", ", unsupported));
      turn.respond(in.ref(), usage.response(request, 420, List.of(which), turn));
      return Optional.empty();
    }
    Optional<Header> readable = Usage.unreadable(request);
    if (readable.isPresent()) {
      // RFC 3261 8.2.3
      turn.respond(in.ref(), usage.response(request, 415, List.of(readable.get()), turn));
      return Optional.empty();
    }
    return Optional.of(counted);
  }

  /// INFO (RFC 6086 4.2.2, the legacy usage), OPTIONS (RFC 3261 11.2), and what has no place in a
  /// call.
  static void answerOther(Usage usage, SessionIn.Request in, Turn turn) {
    SipRequest request = in.request();
    if (request.method().equals(Method.INFO)) {
      usage.respond(in.ref(), request, 200, turn);
      turn.tell(new SessionNotice.InfoReceived(request.headers().mediaType(), request.body()));
    } else if (request.method().equals(Method.OPTIONS)) {
      turn.respond(in.ref(), usage.response(request, 200, capabilities(), turn));
    } else {
      // RFC 3261 8.2.1
      turn.respond(
          in.ref(), usage.response(request, 405, List.of(new Header("Allow", Usage.ALLOW)), turn));
    }
  }

  /// What we can do (RFC 3261 11.2).
  private static List<Header> capabilities() {
    return List.of(
        new Header("Allow", Usage.ALLOW),
        new Header("Accept", Usage.SDP),
        new Header("Supported", Usage.SUPPORTED));
  }

  /// INFO of ours.
  static Usage info(Usage usage, SessionCommand.SendInfo command, Turn turn) {
    Usage advanced = usage.advanced();
    SipRequest info = advanced.request(Method.INFO, turn);
    Body body = command.body();
    turn.send(
        body.isEmpty()
            ? info
            : info.withHeaders(info.headers().with("Content-Type", command.contentType()))
                .withBody(body));
    return advanced;
  }
}
