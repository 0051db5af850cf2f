package io.tipring.edge.sip;

import io.tipring.api.LegId;
import io.tipring.core.call.LegCommand;
import io.tipring.core.call.LegEvent;
import io.tipring.core.call.Signalling;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.OtherUri;
import io.tipring.wire.sip.Params;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipUri;
import io.tipring.wire.sip.TelUri;
import io.tipring.wire.sip.Uri;
import io.tipring.wire.sip.dialog.SessionNotice;
import io.tipring.wire.sip.transaction.ServerKey;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// The user agent of the exchange (RFC 3261 8.2): judges requests outside of sessions, makes a leg
/// of each INVITE that it can answer, and takes the exchange's commands for legs. Owner: the lane.
public final class UserAgent implements Sessions.Outside, Signalling {
  /// What a session takes, and OPTIONS.
  static final String ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO";

  private static final List<Method> KNOWN =
      List.of(
          Method.REGISTER,
          Method.MESSAGE,
          Method.SUBSCRIBE,
          Method.NOTIFY,
          Method.REFER,
          Method.PUBLISH,
          Method.BYE,
          Method.PRACK,
          Method.UPDATE,
          Method.INFO);

  private final Lane lane;
  private final Ids ids;
  private final Randomness randomness;
  private final LegMedia.Terms media;
  private final Function<FlowId, HostPort> ownName;
  private final Callees callees;
  private final Consumer<LegEvent> exchange;
  private final Map<LegId, SipLeg> legs = new LinkedHashMap<>();

  /// Who can be called here, and what to do about those who call somebody else.
  ///
  /// @param known whether a user is configured
  /// @param unknown told the source of each call to a user who is not: scanners do that
  public record Callees(Predicate<String> known, Consumer<InetAddress> unknown) {}

  /// @param ownName the host and port under which the peer of a flow reaches us
  /// @param exchange is told in turns of its own
  public UserAgent(
      Lane lane,
      Ids ids,
      Randomness randomness,
      LegMedia.Terms media,
      Function<FlowId, HostPort> ownName,
      Callees callees,
      Consumer<LegEvent> exchange) {
    this.lane = lane;
    this.ids = ids;
    this.randomness = randomness;
    this.media = media;
    this.ownName = ownName;
    this.callees = callees;
    this.exchange = exchange;
  }

  /// Legs that have not ended.
  public int size() {
    return legs.size();
  }

  @Override
  public void tell(LegCommand command) {
    lane.post(
        command.leg().value(),
        () -> {
          SipLeg leg = legs.get(command.leg());
          if (leg != null) {
            leg.on(command);
          }
        });
  }

  @Override
  public void onRequest(Sessions sessions, ServerKey ref, FlowId flow, SipRequest request) {
    Optional<SipResponse> refusal = refusal(request);
    if (refusal.isPresent()) {
      respond(sessions, ref, refusal.get());
    } else if (request.method().equals(Method.OPTIONS)) {
      respond(sessions, ref, capabilities(flow, request));
    } else {
      offer(sessions, ref, flow, request);
    }
  }

  /// The checks of RFC 3261 8.2.1 and 8.2.2; Require and body of an INVITE are its session's to
  /// judge.
  private Optional<SipResponse> refusal(SipRequest request) {
    Method method = request.method();
    if (!method.equals(Method.INVITE) && !method.equals(Method.OPTIONS)) {
      int status = KNOWN.contains(method) ? 405 : 501;
      SipResponse response = SipResponse.to(request, status);
      return Optional.of(response.withHeaders(response.headers().with("Allow", ALLOW)));
    }
    if (request.uri() instanceof OtherUri) {
      return Optional.of(SipResponse.to(request, 416));
    }
    if (method.equals(Method.OPTIONS) && !request.headers().tokens("Require").isEmpty()) {
      SipResponse response = SipResponse.to(request, 420);
      return Optional.of(
          response.withHeaders(
              response
                  .headers()
                  .with("Unsupported", String.join(", ", request.headers().tokens("Require")))));
    }
    return Optional.empty();
  }

  /// RFC 3261 11.2: what an INVITE would have been answered with.
  private SipResponse capabilities(FlowId flow, SipRequest options) {
    Optional<String> user = user(options.uri());
    if (user.isPresent() && !callees.known().test(user.get())) {
      callees.unknown().accept(flow.remote().getAddress());
      return SipResponse.to(options, 404);
    }
    SipResponse response = SipResponse.to(options, 200);
    return response.withHeaders(
        response
            .headers()
            .with("Allow", ALLOW)
            .with("Accept", "application/sdp")
            .with("Accept-Encoding", "identity")
            .with("Accept-Language", "en")
            .with("Supported", "100rel, timer"));
  }

  private void offer(Sessions sessions, ServerKey ref, FlowId flow, SipRequest invite) {
    LegId id = ids.leg();
    String user = user(invite.uri()).orElse("");
    if (!callees.known().test(user)) {
      callees.unknown().accept(flow.remote().getAddress());
    }
    var introduction =
        new LegEvent.LegOffered(id, user, host(invite.uri()), caller(invite.headers().from()));
    var legMedia =
        new LegMedia(id.value(), media, flow.remote().getAddress(), randomness.nextLong() >>> 1);
    SipLeg leg = new SipLeg(introduction, legMedia, exchange, () -> legs.remove(id));
    legs.put(id, leg);
    leg.join(
        sessions.offered(
            ref, flow, invite, contact(flow, user), (SessionNotice notice) -> leg.on(notice)));
  }

  private NameAddr contact(FlowId flow, String user) {
    HostPort at = ownName.apply(flow);
    SipUri uri = user.isEmpty() ? SipUri.of(at) : SipUri.of(user, at);
    return NameAddr.of(
        flow.isReliable()
            ? uri.withParams(
                Params.EMPTY.with("transport", flow.transport().name().toLowerCase(Locale.ROOT)))
            : uri);
  }

  private void respond(Sessions sessions, ServerKey ref, SipResponse response) {
    sessions.respond(
        ref,
        response.headers().to().tag().isPresent()
            ? response
            : response.withToTag(sessions.newTag()));
  }

  private static Optional<String> user(Uri uri) {
    return switch (uri) {
      case SipUri sip -> sip.userName();
      case TelUri tel -> Optional.of(tel.number());
      case OtherUri _ -> Optional.empty();
    };
  }

  private static String host(Uri uri) {
    return switch (uri) {
      case SipUri sip -> sip.at().host();
      case TelUri _, OtherUri _ -> "";
    };
  }

  private static String caller(NameAddr from) {
    return user(from.uri()).orElseGet(() -> host(from.uri()));
  }
}
