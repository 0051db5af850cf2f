package io.tipring.edge.sip;

import io.tipring.core.lane.Lane;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.wire.Step;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.Identifiers;
import io.tipring.wire.sip.dialog.InviteSession;
import io.tipring.wire.sip.dialog.SessionIn;
import io.tipring.wire.sip.dialog.SessionNotice;
import io.tipring.wire.sip.dialog.SessionOut;
import io.tipring.wire.sip.dialog.SessionSettings;
import io.tipring.wire.sip.dialog.SessionState;
import io.tipring.wire.sip.dialog.Target;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The INVITE sessions of a user agent: finds the one that a request, response or failure is for.
/// What is for none goes to [Outside]. Lives on the lane, between the transactions and whoever
/// makes calls of sessions: legs, or a test's phone.
public final class Sessions implements TransactionUser {
  static final String RESOURCE = "sip";

  private final Lane lane;
  private final TransactionTable table;
  private final Flows flows;
  private final InviteSession machine;
  private final Identifiers identifiers;
  private final Outside outside;

  private final Map<DialogKey, SipSession> sessions = new LinkedHashMap<>();
  private final Map<ClientKey, SipSession> clients = new LinkedHashMap<>();
  private final Map<ServerKey, SipSession> invites = new LinkedHashMap<>();
  private final Map<FlowId, SequencedSet<SipSession>> byConnection = new LinkedHashMap<>();

  /// Call-ID and our own tag: the same from the first message of a session to its last.
  private record DialogKey(String callId, String localTag) {}

  /// Port: requests that belong to no session. An answer is due.
  @FunctionalInterface
  public interface Outside {
    void onRequest(Sessions sessions, ServerKey ref, FlowId flow, SipRequest request);
  }

  public Sessions(
      Lane lane,
      TransactionTable table,
      Flows flows,
      Identifiers identifiers,
      SessionSettings settings,
      Outside outside) {
    this.lane = lane;
    this.table = table;
    this.flows = flows;
    this.identifiers = identifiers;
    this.machine = new InviteSession(settings, identifiers);
    this.outside = outside;
  }

  /// An INVITE that is to become a session.
  public SipSession offered(
      ServerKey ref,
      FlowId flow,
      SipRequest invite,
      NameAddr contact,
      Consumer<SessionNotice> owner) {
    return begin(flow, machine.offered(ref, invite, contact, lane.nowNanos()), owner, ref);
  }

  /// A session that we begin.
  ///
  /// @param offer empty to ask the callee for one
  public SipSession call(FlowId flow, Target target, Body offer, Consumer<SessionNotice> owner) {
    return begin(flow, machine.call(target, offer, lane.nowNanos()), owner, null);
  }

  /// Sessions that are not forgotten yet, those included that only answer late copies.
  public int size() {
    return sessions.size();
  }

  /// A new tag of ours.
  public String newTag() {
    return identifiers.tag();
  }

  public void respond(ServerKey ref, SipResponse response) {
    table.respond(ref, response);
  }

  private SipSession begin(
      FlowId flow,
      Step<SessionState, SessionOut> step,
      Consumer<SessionNotice> owner,
      @Nullable ServerKey invite) {
    SipSession session = new SipSession(this, flow, step.next(), owner);
    sessions.put(keyOf(session), session);
    index(flow, session);
    if (invite != null) {
      session.replaceInvite(invite);
      invites.put(invite, session);
    }
    session.apply(step);
    return session;
  }

  // What the transactions hand up

  @Override
  public void onRequest(ServerKey ref, FlowId flow, SipRequest request) {
    if (request.headers().to().tag().isEmpty()) {
      outside.onRequest(this, ref, flow, request);
      return;
    }
    SipSession session = find(request);
    if (session == null) {
      // RFC 3261 12.2.2
      table.respond(ref, SipResponse.to(request, 481));
    } else {
      session.onRequest(ref, flow, request);
    }
  }

  @Override
  public void onCancel(ServerKey ref, ServerKey invite, SipRequest cancel) {
    SipSession session = invites.get(invite);
    if (session == null) {
      table.respond(ref, SipResponse.to(cancel, 481));
    } else {
      session.tell(new SessionIn.Request(ref, cancel));
    }
  }

  @Override
  public void onAck(FlowId flow, SipRequest ack) {
    SipSession session = find(ack);
    if (session != null) {
      session.onAck(flow, ack);
    }
  }

  @Override
  public void onResponse(ClientKey ref, FlowId flow, SipResponse response) {
    if (!response.isProvisional()) {
      settle(ref);
    }
    SipSession session =
        sessions.get(
            new DialogKey(response.headers().callId(), response.headers().from().tag().orElse("")));
    if (session != null) {
      session.tell(new SessionIn.Response(ref, response));
    }
  }

  @Override
  public void onClientFailed(ClientKey ref, Failure failure) {
    SipSession session = settle(ref);
    if (session != null) {
      session.tell(new SessionIn.ClientFailed(ref, failure));
    }
  }

  @Override
  public void onServerFailed(ServerKey ref, Failure failure) {
    SipSession session = invites.get(ref);
    if (session != null) {
      session.tell(new SessionIn.ServerFailed(ref, failure));
    }
  }

  @Override
  public void onFlowLost(FlowId flow, FlowLoss why) {
    SequencedSet<SipSession> lost = byConnection.get(flow);
    if (lost != null) {
      List.copyOf(lost).forEach(SipSession::onFlowLost);
    }
  }

  // What sessions ask

  Lane lane() {
    return lane;
  }

  TransactionTable table() {
    return table;
  }

  Flows flows() {
    return flows;
  }

  InviteSession machine() {
    return machine;
  }

  void remember(ClientKey ref, SipSession session) {
    clients.put(ref, session);
    session.pending().add(ref);
  }

  /// The newest INVITE of a session is the one whose failure still matters.
  void remember(ServerKey ref, SipRequest request, SipSession session) {
    if (request.method().equals(Method.INVITE)) {
      ServerKey before = session.replaceInvite(ref);
      if (before != null) {
        invites.remove(before);
      }
      invites.put(ref, session);
    }
  }

  void moved(SipSession session, FlowId from, FlowId to) {
    unindex(from, session);
    index(to, session);
  }

  void forget(SipSession session) {
    sessions.remove(keyOf(session));
    unindex(session.flow(), session);
    ServerKey invite = session.invite();
    if (invite != null) {
      invites.remove(invite);
    }
    session.pending().forEach(clients::remove);
  }

  private @Nullable SipSession settle(ClientKey ref) {
    SipSession session = clients.remove(ref);
    if (session != null) {
      session.pending().remove(ref);
    }
    return session;
  }

  private @Nullable SipSession find(SipRequest request) {
    return sessions.get(
        new DialogKey(request.headers().callId(), request.headers().to().tag().orElse("")));
  }

  private static DialogKey keyOf(SipSession session) {
    return new DialogKey(session.callId(), session.localTag());
  }

  private void index(FlowId flow, SipSession session) {
    if (flow.isReliable()) {
      byConnection.computeIfAbsent(flow, _ -> new LinkedHashSet<>()).add(session);
    }
  }

  private void unindex(FlowId flow, SipSession session) {
    SequencedSet<SipSession> there = byConnection.get(flow);
    if (there != null && there.remove(session) && there.isEmpty()) {
      byConnection.remove(flow);
    }
  }
}
