package io.tipring.wire.sip.dialog;

import io.tipring.wire.Step;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.CSeq;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipSyntaxException;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.List;
import java.util.Optional;

/// One call as a user agent sees it, from its INVITE to its end, for caller and callee alike (RFC
/// 3261 12 to 15, with 3262, 3311, 3326, 4028, 6086). Pure: the owner keeps the state, wakes it,
/// and carries out what comes back.
///
/// ```
/// offered ──> Incoming ──┐                          ┌──> Farewell ──> Closed
///                        ├──> Established ──────────┤
/// call ─────> Outgoing ──┘                          └──> Closed
///               │   ▲
///             Challenged
/// ```
public final class InviteSession {
  private final SessionSettings settings;
  private final Identifiers identifiers;

  public InviteSession(SessionSettings settings, Identifiers identifiers) {
    this.settings = settings;
    this.identifiers = identifiers;
  }

  /// An INVITE without To tag has come. The result either offers it to the owner
  /// ([SessionNotice.Offered]) or has refused it ([SessionNotice.Ended]).
  public Step<SessionState, SessionOut> offered(
      ServerKey ref, SipRequest invite, NameAddr contact, long nowNanos) {
    String tag = identifiers.tag();
    Turn turn = new Turn(settings, identifiers, nowNanos);
    try {
      Dialog dialog = Dialog.asUas(invite, tag);
      Usage usage = Usage.of(dialog, contact, Negotiation.FRESH, invite.headers());
      SessionState next =
          refusal(usage, ref, invite, turn)
              ? new SessionState.Closed(dialog.callId(), tag)
              : ringing(usage, ref, invite, turn);
      return new Step<>(next, turn.out());
    } catch (SipSyntaxException malformed) {
      Turn again = new Turn(settings, identifiers, nowNanos);
      again.respond(ref, badRequest(invite, malformed, tag));
      again.end(EndCause.UNACCEPTABLE, 400);
      return new Step<>(new SessionState.Closed(invite.headers().callId(), tag), again.out());
    }
  }

  // RFC 3261 21.4.1: the phrase says which header.
  private static SipResponse badRequest(
      SipRequest request, SipSyntaxException malformed, String tag) {
    return SipResponse.to(request, 400, malformed.getMessage()).withToTag(tag);
  }

  private static boolean refusal(Usage usage, ServerKey ref, SipRequest invite, Turn turn) {
    List<String> unsupported = Usage.unsupported(invite);
    if (!unsupported.isEmpty()) {
      // RFC 3261 8.2.2.3
      List<Header> which = List.of(new Header("Unsupported", String.join(", ", unsupported)));
      return refused(usage.response(invite, 420, which, turn), ref, turn);
    }
    Optional<Header> readable = Usage.unreadable(invite);
    if (readable.isPresent()) {
      // RFC 3261 8.2.3
      return refused(usage.response(invite, 415, List.of(readable.get()), turn), ref, turn);
    }
    if (invite.headers().contacts().isEmpty()) {
      // RFC 3261 8.1.1.8: without Contact nothing could be sent in the dialog.
      return refused(usage.response(invite, 400, turn), ref, turn);
    }
    if (SessionTimer.tooSmall(invite, turn.settings)) {
      // RFC 4028 9
      return refused(
          usage.response(invite, 422, SessionTimer.minimum(turn.settings), turn), ref, turn);
    }
    return false;
  }

  private static boolean refused(SipResponse response, ServerKey ref, Turn turn) {
    turn.respond(ref, response);
    turn.end(EndCause.UNACCEPTABLE, response.status());
    return true;
  }

  private SessionState ringing(Usage usage, ServerKey ref, SipRequest invite, Turn turn) {
    Body offer = Usage.sdp(invite.headers(), invite.body());
    Negotiation negotiation =
        offer.isEmpty() ? usage.negotiation() : usage.negotiation().offerReceived();
    turn.tell(new SessionNotice.Offered(offer));
    return new Incoming(
        ref,
        invite,
        usage.with(negotiation),
        Provisionals.of(invite),
        turn.nowNanos + Math.min(settings.setupNanos(), Incoming.expiresNanos(invite)));
  }

  /// Calls somebody.
  ///
  /// @param offer empty to ask the callee for one
  public Step<SessionState, SessionOut> call(Target target, Body offer, long nowNanos) {
    Turn turn = new Turn(settings, identifiers, nowNanos);
    SipHeaders.Builder headers = SipHeaders.builder();
    target.routes().forEach(route -> headers.add("Route", route));
    headers.add("Max-Forwards", "70");
    headers.add("From", target.from().withTag(identifiers.tag()));
    headers.add("To", target.to());
    headers.add("Call-ID", identifiers.callId());
    headers.add("CSeq", new CSeq(1 + identifiers.below(65_536), Method.INVITE));
    headers.add("Contact", target.contact());
    headers.add("Allow", Usage.ALLOW);
    headers.add("Supported", Usage.SUPPORTED);
    if (!settings.agent().isEmpty()) {
      headers.add("User-Agent", settings.agent());
    }
    SessionTimer.inInvite(settings).forEach(headers::add);
    target.headers().forEach(headers::add);
    SipRequest bare = new SipRequest(Method.INVITE, target.uri(), headers.build(), Body.EMPTY);
    Negotiation negotiation =
        offer.isEmpty() ? Negotiation.FRESH : Negotiation.FRESH.offerSent(offer);
    SessionState next =
        Outgoing.calling(Usage.withSdp(bare, offer), target.contact(), negotiation, turn);
    return new Step<>(next, turn.out());
  }

  public Step<SessionState, SessionOut> on(SessionState state, SessionIn in, long nowNanos) {
    Turn turn = new Turn(settings, identifiers, nowNanos);
    try {
      return new Step<>(next(state, in, turn), turn.out());
    } catch (SipSyntaxException malformed) {
      // A header that the parser had no reason to read. The state is as before; nothing has been
      // sent.
      return refused(state, in, malformed);
    }
  }

  private static SessionState next(SessionState state, SessionIn in, Turn turn) {
    return switch (state) {
      case Incoming incoming -> incoming.on(in, turn);
      case Outgoing outgoing -> outgoing.on(in, turn);
      case Challenged challenged -> challenged.on(in, turn);
      case Established established -> established.on(in, turn);
      case Farewell farewell -> farewell.on(in, turn);
      case SessionState.Closed closed -> closed;
    };
  }

  private static Step<SessionState, SessionOut> refused(
      SessionState state, SessionIn in, SipSyntaxException malformed) {
    return switch (in) {
      case SessionIn.Request(ServerKey ref, SipRequest request) ->
          Step.to(
              state, new SessionOut.Respond(ref, badRequest(request, malformed, state.localTag())));
      // RFC 3261 8.1.3: a malformed response is as good as none.
      case SessionIn.Response _, SessionIn.Ack _ -> Step.to(state);
      case SessionIn.ClientFailed _, SessionIn.ServerFailed _, SessionIn.Wake _, SessionCommand _ ->
          throw malformed;
    };
  }
}
