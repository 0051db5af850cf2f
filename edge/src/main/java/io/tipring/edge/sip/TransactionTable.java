package io.tipring.edge.sip;

import io.tipring.core.lane.Lane;
import io.tipring.edge.net.Counters;
import io.tipring.edge.sip.TransactionTableEntry.Client;
import io.tipring.edge.sip.TransactionTableEntry.Server;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.ResponseRoute;
import io.tipring.wire.Step;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.Params;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.Via;
import io.tipring.wire.sip.dialog.Identifiers;
import io.tipring.wire.sip.transaction.ClientIn;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ClientOut;
import io.tipring.wire.sip.transaction.ClientState;
import io.tipring.wire.sip.transaction.ClientTransaction;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.InviteClientTransaction;
import io.tipring.wire.sip.transaction.InviteServerTransaction;
import io.tipring.wire.sip.transaction.NonInviteClientTransaction;
import io.tipring.wire.sip.transaction.NonInviteServerTransaction;
import io.tipring.wire.sip.transaction.Requests;
import io.tipring.wire.sip.transaction.ServerIn;
import io.tipring.wire.sip.transaction.ServerKey;
import io.tipring.wire.sip.transaction.ServerOut;
import io.tipring.wire.sip.transaction.ServerState;
import io.tipring.wire.sip.transaction.ServerTransaction;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All SIP transactions of a node: finds the one that a message belongs to, drives its machine,
/// wakes it, and hands up what is new (RFC 3261 17, ADR 0009). Copies of what was seen are answered
/// here and go no further.
///
/// Lives on the exchange lane; all methods only there, but for [#arrivals()] and the meters. Knows
/// no socket: in a World it runs on the World's lane and network.
public final class TransactionTable {
  /// One resource of the lane: messages, losses and alarms stay in one order also in a World that
  /// spreads.
  private static final String RESOURCE = "sip";

  private static final int RETRY_AFTER_SECONDS = 5;

  private final Lane lane;
  private final Flows flows;
  private final Identifiers ids;
  private final Function<FlowId, HostPort> sentBy;
  private final TransactionSettings settings;
  private final InviteClientTransaction inviteClient;
  private final NonInviteClientTransaction nonInviteClient;
  private final InviteServerTransaction inviteServer;
  private final NonInviteServerTransaction nonInviteServer;
  private final Counters<TransactionMeter> meters = new Counters<>(TransactionMeter.class);

  private final Map<ClientKey, Client<?>> clients = new HashMap<>();
  private final Map<ServerKey, Server<?>> servers = new HashMap<>();

  /// The first transaction of each request, whatever way it came (RFC 3261 8.2.2.2).
  private final Map<RequestIdentity, ServerKey> identities = new HashMap<>();

  private final Map<FlowId, Set<TransactionTableEntry>> byFlow = new HashMap<>();
  private @Nullable TransactionUser user;

  /// @param sentBy what our Via says on a flow: the address under which the peer reaches us
  public TransactionTable(
      Lane lane,
      Flows flows,
      Identifiers ids,
      Function<FlowId, HostPort> sentBy,
      TransactionSettings settings) {
    this.lane = lane;
    this.flows = flows;
    this.ids = ids;
    this.sentBy = sentBy;
    this.settings = settings;
    inviteClient = new InviteClientTransaction(settings.timers());
    nonInviteClient = new NonInviteClientTransaction(settings.timers());
    inviteServer = new InviteServerTransaction(settings.timers());
    nonInviteServer = new NonInviteServerTransaction(settings.timers());
  }

  /// Says who gets what is new. Once, before the first message.
  public void attach(TransactionUser transactionUser) {
    user = transactionUser;
  }

  /// What transports hand to this table, from any thread: posted to the lane.
  public Arrivals arrivals() {
    return new Arrivals() {
      @Override
      public void arrived(FlowId flow, SipMessage message) {
        lane.post(RESOURCE, () -> onMessage(flow, message));
      }

      @Override
      public void lost(FlowId flow, FlowLoss why) {
        lane.post(RESOURCE, () -> onFlowLost(flow, why));
      }
    };
  }

  public void onMessage(FlowId flow, SipMessage message) {
    switch (message) {
      case SipRequest request -> onRequest(flow, request);
      case SipResponse response -> onResponse(flow, response);
    }
  }

  /// Answers a request. An answer whose transaction is gone goes to nobody.
  public void respond(ServerKey ref, SipResponse response) {
    Server<?> server = servers.get(ref);
    if (server == null) {
      meters.count(TransactionMeter.ANSWERS_TOO_LATE);
    } else {
      respond(server, response);
    }
  }

  /// Begins a client transaction. The request has no Via yet; it gets one with the branch of `ref`.
  ///
  /// @throws IllegalArgumentException when `ref` is not new, or not of the request's method
  public void send(ClientKey ref, SipRequest request, FlowId flow) {
    if (clients.containsKey(ref) || !ref.method().equals(request.method())) {
      throw new IllegalArgumentException(
          "not a new transaction: " + ref + " for " + request.method());
    }
    begin(ref, withVia(request, flow, ref.branch()), flow);
  }

  /// Cancels an INVITE that has got a provisional and no final response (RFC 3261 9.1); after that,
  /// no news. If no final response comes within 64*T1 even so, the INVITE fails as timed out.
  ///
  /// @param headers to add, such as Reason
  public void cancel(ClientKey invite, List<Header> headers) {
    Client<?> client = clients.get(invite);
    ClientKey ref = new ClientKey(invite.branch(), Method.CANCEL);
    SipRequest request = client == null ? null : client.request;
    if (client == null || request == null || clients.containsKey(ref)) {
      return;
    }
    SipRequest cancel = Requests.cancel(request);
    SipHeaders.Builder all = cancel.headers().toBuilder();
    headers.forEach(all::add);
    begin(ref, cancel.withHeaders(all.build()), client.flow);
    drive(client, new ClientIn.Cancelled());
  }

  /// Sends the ACK of a 2xx, without a transaction (RFC 3261 13.2.2.4). It has no Via yet; copies
  /// take the same branch.
  public void sendAck(FlowId flow, String branch, SipRequest ack) {
    flows.send(flow, withVia(ack, flow, branch));
  }

  /// Live transactions of all kinds.
  public int size() {
    return clients.size() + servers.size();
  }

  /// Any thread.
  public Counters<TransactionMeter> meters() {
    return meters;
  }

  // Requests that come

  private void onRequest(FlowId flow, SipRequest request) {
    ServerKey key = ServerKey.of(request);
    Server<?> known = servers.get(key);
    boolean ack = request.method().equals(Method.ACK);
    if (known != null) {
      if (!ack) {
        meters.count(TransactionMeter.REQUESTS_REPEATED);
      }
      drive(known, new ServerIn.Received(request));
    } else if (ack) {
      user().onAck(flow, request);
    } else if (isFull(request)) {
      refuse(flow, request);
    } else if (request.method().equals(Method.CANCEL)) {
      onCancel(key, flow, request);
    } else {
      onNewRequest(key, flow, request);
    }
  }

  private void onNewRequest(ServerKey key, FlowId flow, SipRequest request) {
    Server<?> server = begin(key, flow, request);
    // RFC 3261 8.2.2.2: the same request on a second way, after a proxy forked it.
    boolean inDialog = request.headers().to().tag().isPresent();
    if (!inDialog) {
      RequestIdentity identity = RequestIdentity.of(request);
      if (identities.putIfAbsent(identity, key) != null) {
        meters.count(TransactionMeter.REQUESTS_MERGED);
        respond(server, SipResponse.to(request, 482).withToTag(ids.tag()));
        return;
      }
      server.identity = identity;
    }
    user().onRequest(key, flow, request);
  }

  private void onCancel(ServerKey key, FlowId flow, SipRequest cancel) {
    Server<?> invite = servers.get(ServerKey.cancelledBy(cancel));
    Server<?> server = begin(key, flow, cancel);
    if (invite == null) {
      // RFC 3261 9.2
      respond(server, SipResponse.to(cancel, 481).withToTag(ids.tag()));
    } else if (invite.answered()) {
      // RFC 3261 9.2: it is too late to matter, and 200 all the same, with the tag of the INVITE's
      // own answer.
      respond(server, SipResponse.to(cancel, 200).withToTag(invite.toTag.orElseGet(ids::tag)));
    } else {
      user().onCancel(key, invite.key, cancel);
    }
  }

  private boolean isFull(SipRequest request) {
    boolean inDialog =
        request.headers().to().tag().isPresent() || request.method().equals(Method.CANCEL);
    return size() >= (inDialog ? settings.limit() + settings.limit() / 4 : settings.limit());
  }

  private void refuse(FlowId flow, SipRequest request) {
    meters.count(TransactionMeter.REQUESTS_REFUSED);
    SipResponse answer = SipResponse.to(request, 503).withToTag(ids.tag());
    String wait = Long.toString(RETRY_AFTER_SECONDS + ids.below(RETRY_AFTER_SECONDS));
    SipHeaders headers = answer.headers().with("Retry-After", wait);
    flows.send(ResponseRoute.of(flow, request.headers().topVia()), answer.withHeaders(headers));
  }

  private Server<?> begin(ServerKey key, FlowId flow, SipRequest request) {
    boolean invite = request.method().equals(Method.INVITE);
    return invite
        ? begin(inviteServer, key, flow, request, settings.unansweredInvite().toNanos())
        : begin(nonInviteServer, key, flow, request, settings.timers().timeoutNanos());
  }

  private <S extends ServerState> Server<S> begin(
      ServerTransaction<S> machine,
      ServerKey key,
      FlowId flow,
      SipRequest request,
      long patienceNanos) {
    long now = lane.nowNanos();
    FlowId back = ResponseRoute.of(flow, request.headers().topVia());
    Server<S> server =
        new Server<>(
            key, flow, back, request, machine, machine.begin(request, flow.isReliable(), now));
    server.deadlineNanos = now + patienceNanos;
    servers.put(key, server);
    remember(server);
    rearm(server, Math.min(server.state.wakeAtNanos(), server.deadlineNanos));
    return server;
  }

  private void respond(Server<?> server, SipResponse response) {
    if (!response.isProvisional()) {
      server.answer();
    }
    server.toTag = response.headers().to().tag().or(() -> server.toTag);
    drive(server, new ServerIn.Respond(response));
  }

  private <S extends ServerState> void drive(Server<S> server, ServerIn in) {
    Step<S, ServerOut> step = server.machine.on(server.state, in, lane.nowNanos());
    // The state is settled before anything is carried out: the user may call back from within.
    server.state = step.next();
    if (server.state.terminated()) {
      forget(server);
    } else {
      rearm(server, Math.min(server.state.wakeAtNanos(), server.deadlineNanos));
    }
    for (ServerOut out : step.out()) {
      switch (out) {
        case ServerOut.Send(SipResponse response) -> flows.send(server.back, response);
        case ServerOut.Deliver(SipRequest ack) -> user().onAck(server.flow, ack);
        case ServerOut.Failed(Failure failure) -> {
          count(failure);
          user().onServerFailed(server.key, failure);
        }
      }
    }
  }

  // Requests that we send

  private void begin(ClientKey key, SipRequest request, FlowId flow) {
    if (request.method().equals(Method.INVITE)) {
      begin(inviteClient, key, request, flow);
    } else {
      begin(nonInviteClient, key, request, flow);
    }
  }

  private <S extends ClientState> void begin(
      ClientTransaction<S> machine, ClientKey key, SipRequest request, FlowId flow) {
    Step<S, ClientOut> step = machine.begin(request, flow.isReliable(), lane.nowNanos());
    Client<S> client = new Client<>(key, flow, request, machine, step.next());
    clients.put(key, client);
    remember(client);
    settle(client, step);
  }

  private void onResponse(FlowId flow, SipResponse response) {
    Client<?> client = ClientKey.of(response).map(clients::get).orElse(null);
    // RFC 3261 8.1.3.3: a response with a second Via is somebody else's.
    if (client == null || response.headers().vias().size() > 1) {
      meters.count(TransactionMeter.RESPONSES_STRAY);
      return;
    }
    if (!response.isProvisional()) {
      client.answer();
    }
    client.answeredBy = flow;
    drive(client, new ClientIn.Received(response));
  }

  private <S extends ClientState> void drive(Client<S> client, ClientIn in) {
    settle(client, client.machine.on(client.state, in, lane.nowNanos()));
  }

  private <S extends ClientState> void settle(Client<S> client, Step<S, ClientOut> step) {
    client.state = step.next();
    if (client.state.terminated()) {
      forget(client);
    } else {
      rearm(client, client.state.wakeAtNanos());
    }
    for (ClientOut out : step.out()) {
      switch (out) {
        case ClientOut.Send(SipRequest request) -> flows.send(client.flow, request);
        case ClientOut.Deliver(SipResponse response) ->
            user().onResponse(client.key, client.answeredBy, response);
        case ClientOut.Failed(Failure failure) -> {
          count(failure);
          user().onClientFailed(client.key, failure);
        }
      }
    }
  }

  private SipRequest withVia(SipRequest request, FlowId flow, String branch) {
    Params params = Params.EMPTY.with("branch", branch);
    // RFC 3581 3: so that answers find the way back through a NAT.
    Params all = flow.isReliable() ? params : params.with("rport");
    Via via = new Via(flow.transport().name(), sentBy.apply(flow), all);
    return request.withHeaders(request.headers().prepended("Via", via.toString()));
  }

  // Time and loss

  private void onFlowLost(FlowId flow, FlowLoss why) {
    // A response whose connection broke goes out by another one (RFC 3261 18.2.2), so its
    // transaction lives on; only a response that could not be sent at all ends it.
    boolean unsendable =
        switch (why) {
          case UNKNOWN, UNREACHABLE, TOO_LARGE -> true;
          case CLOSED_BY_PEER, SLOW, IDLE, STALLED, CROWDED, GARBAGE, REFUSED, SHUTDOWN -> false;
        };
    for (TransactionTableEntry entry : List.copyOf(byFlow.getOrDefault(flow, Set.of()))) {
      switch (entry) {
        case Client<?> client -> drive(client, new ClientIn.TransportFailed());
        case Server<?> server -> {
          if (unsendable) {
            drive(server, new ServerIn.TransportFailed());
          }
        }
      }
    }
    user().onFlowLost(flow, why);
  }

  private void wake(TransactionTableEntry entry) {
    entry.alarm = null;
    switch (entry) {
      case Client<?> client -> drive(client, new ClientIn.Wake());
      case Server<?> server when lane.nowNanos() >= server.deadlineNanos -> answerForUser(server);
      case Server<?> server -> drive(server, new ServerIn.Wake());
    }
  }

  /// The user forgot: without this the transaction would live for ever.
  private void answerForUser(Server<?> server) {
    SipRequest request = server.request;
    if (request != null) {
      meters.count(TransactionMeter.REQUESTS_UNANSWERED);
      respond(server, SipResponse.to(request, 500).withToTag(server.toTag.orElseGet(ids::tag)));
    }
  }

  private void rearm(TransactionTableEntry entry, long at) {
    if (entry.alarm != null && entry.alarmAtNanos == at) {
      return;
    }
    if (entry.alarm != null) {
      entry.alarm.cancel();
      entry.alarm = null;
    }
    if (at != Long.MAX_VALUE) {
      entry.alarmAtNanos = at;
      entry.alarm = lane.wakeAt(at, RESOURCE, () -> wake(entry));
    }
  }

  private void remember(TransactionTableEntry entry) {
    byFlow.computeIfAbsent(entry.way(), _ -> new LinkedHashSet<>()).add(entry);
    meters.count(entry.begun());
  }

  private void forget(TransactionTableEntry entry) {
    boolean there =
        switch (entry) {
          case Client<?> client -> clients.remove(client.key, client);
          case Server<?> server -> servers.remove(server.key, server);
        };
    if (!there) {
      return;
    }
    if (entry instanceof Server<?> server && server.identity != null) {
      identities.remove(server.identity);
    }
    if (entry.alarm != null) {
      entry.alarm.cancel();
      entry.alarm = null;
    }
    Set<TransactionTableEntry> sharing = byFlow.get(entry.way());
    if (sharing != null && sharing.remove(entry) && sharing.isEmpty()) {
      byFlow.remove(entry.way());
    }
    meters.count(entry.ended());
  }

  private void count(Failure failure) {
    meters.count(
        switch (failure) {
          case TIMEOUT -> TransactionMeter.TIMEOUTS;
          case TRANSPORT -> TransactionMeter.TRANSPORT_FAILURES;
        });
  }

  private TransactionUser user() {
    TransactionUser attached = user;
    if (attached == null) {
      throw new IllegalStateException("nobody is attached to the transaction table");
    }
    return attached;
  }
}
