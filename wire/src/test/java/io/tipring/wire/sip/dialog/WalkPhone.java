package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipUri;
import io.tipring.wire.sip.Uri;
import io.tipring.wire.sip.transaction.ClientIn;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.Requests;
import io.tipring.wire.sip.transaction.ServerIn;
import io.tipring.wire.sip.transaction.ServerKey;
import io.tipring.wire.sip.transaction.Timers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A telephone of the random walk: its transactions, its sessions, and an owner who does anything
/// at any time.
final class WalkPhone implements Identifiers {
  final String name;
  final List<WalkOwner> owners = new ArrayList<>();
  final Map<ServerKey, WalkTransaction.Server> servers = new LinkedHashMap<>();
  final Map<ClientKey, WalkTransaction.Client> clients = new LinkedHashMap<>();
  private final Walk walk;
  private final InviteSession machine;
  private final Map<String, WalkOwner> sessions = new LinkedHashMap<>();
  private final Map<ServerKey, WalkOwner> invites = new LinkedHashMap<>();
  private boolean dead;
  private int count;

  WalkPhone(Walk walk, String name) {
    this.walk = walk;
    this.name = name;
    int least = walk.random.nextBoolean() ? 90 : 120;
    int interval = walk.random.nextBoolean() ? 0 : least + walk.random.nextInt(60);
    machine =
        new InviteSession(
            new SessionSettings(Timers.RFC_3261, 100 * Walk.SECOND, interval, least, ""), this);
  }

  @Override
  public String tag() {
    return "00" + name.charAt(0) + "t" + count++;
  }

  @Override
  public String branch() {
    return "z9hG4bK00" + name.charAt(0) + count++;
  }

  @Override
  public String callId() {
    return "00" + name.charAt(0) + "c" + count++;
  }

  @Override
  public long below(long bound) {
    return walk.random.nextLong(bound);
  }

  boolean dead() {
    return dead;
  }

  /// From now on nothing leaves or reaches it.
  void dies() {
    walk.note(name + " dies");
    dead = true;
  }

  private NameAddr contact() {
    return NameAddr.parse("<sip:" + name + ">");
  }

  void calls(String host) {
    Uri uri = Uri.parse("sip:" + host);
    WalkOwner owner = new WalkOwner(walk, this, true);
    owners.add(owner);
    Body offer = walk.random.nextInt(4) == 0 ? Body.EMPTY : owner.offer();
    Target target = new Target(uri, contact(), NameAddr.of(uri), contact(), List.of(), List.of());
    owner.begins(machine.call(target, offer, walk.now));
  }

  void tell(WalkOwner owner, SessionIn in) {
    if (!dead) {
      owner.took(machine.on(owner.state(), in, walk.now));
    }
  }

  void remember(WalkOwner owner) {
    sessions.put(owner.state().callId() + " " + owner.state().localTag(), owner);
  }

  // Effects

  void carryOut(WalkOwner owner, SessionOut.Effect effect) {
    switch (effect) {
      case SessionOut.SendRequest(ClientKey ref, SipRequest request) ->
          begin(ref, withVia(request, ref.branch()), owner);
      case SessionOut.SendCancel(ClientKey invite, List<Header> _) -> {
        WalkTransaction.Client client = clients.get(invite);
        if (client != null) {
          SipRequest cancel = Requests.cancel(client.request);
          client.on(new ClientIn.Cancelled());
          begin(ClientKey.of(cancel), cancel, owner);
        }
      }
      case SessionOut.SendAck(String branch, SipRequest ack) -> sendRequest(withVia(ack, branch));
      case SessionOut.Respond(ServerKey ref, SipResponse response) -> respond(ref, response);
    }
  }

  private void respond(ServerKey ref, SipResponse response) {
    WalkTransaction.Server server = servers.get(ref);
    if (server != null) {
      server.on(new ServerIn.Respond(response));
    }
  }

  private void begin(ClientKey ref, SipRequest request, WalkOwner owner) {
    WalkTransaction.Client client = new WalkTransaction.Client(walk, this, ref, request, owner);
    clients.put(ref, client);
    client.begin(walk.reliable);
  }

  private SipRequest withVia(SipRequest request, String branch) {
    SipHeaders headers =
        request.headers().prepended("Via", "SIP/2.0/UDP " + name + ";branch=" + branch);
    return request.withHeaders(headers);
  }

  void sendRequest(SipRequest request) {
    if (!dead && request.uri() instanceof SipUri uri) {
      walk.send(name, uri.at().host(), request);
    }
  }

  void sendResponse(SipResponse response) {
    if (!dead) {
      walk.send(name, response.headers().topVia().sentBy().host(), response);
    }
  }

  // What comes

  void receives(SipMessage message) {
    if (dead) {
      return;
    }
    switch (message) {
      case SipRequest request -> receives(request);
      case SipResponse response -> {
        WalkTransaction.Client client = ClientKey.of(response).map(clients::get).orElse(null);
        if (client != null) {
          client.on(new ClientIn.Received(response));
        }
      }
    }
  }

  private void receives(SipRequest request) {
    ServerKey key = ServerKey.of(request);
    WalkTransaction.Server known = servers.get(key);
    if (known != null) {
      known.on(new ServerIn.Received(request));
      return;
    }
    if (request.method().equals(Method.ACK)) {
      acknowledged(request);
      return;
    }
    servers.put(key, new WalkTransaction.Server(walk, this, key, request, walk.reliable));
    if (request.method().equals(Method.CANCEL)) {
      route(invites.get(ServerKey.cancelledBy(request)), key, request);
    } else if (request.headers().to().tag().isPresent()) {
      if (request.method().equals(Method.INVITE)) {
        rememberInvite(key, find(request));
      }
      route(find(request), key, request);
    } else if (request.method().equals(Method.INVITE)) {
      WalkOwner owner = new WalkOwner(walk, this, false);
      owners.add(owner);
      invites.put(key, owner);
      owner.begins(machine.offered(key, request, contact(), walk.now));
    } else {
      respond(key, SipResponse.to(request, 481).withToTag(tag()));
    }
  }

  private void rememberInvite(ServerKey key, @Nullable WalkOwner owner) {
    if (owner != null) {
      invites.put(key, owner);
    }
  }

  private void route(@Nullable WalkOwner owner, ServerKey key, SipRequest request) {
    if (owner == null || owner.state().closed()) {
      respond(key, SipResponse.to(request, 481).withToTag(tag()));
    } else {
      tell(owner, new SessionIn.Request(key, request));
    }
  }

  void acknowledged(SipRequest ack) {
    WalkOwner owner = find(ack);
    if (owner != null) {
      tell(owner, new SessionIn.Ack(ack));
    }
  }

  private @Nullable WalkOwner find(SipRequest request) {
    return sessions.get(request.headers().callId() + " " + request.headers().to().tag().orElse(""));
  }

  void delivered(WalkOwner owner, ClientKey ref, SipResponse response) {
    tell(owner, new SessionIn.Response(ref, response));
  }

  void failed(WalkOwner owner, ClientKey ref, Failure failure) {
    tell(owner, new SessionIn.ClientFailed(ref, failure));
  }

  @Override
  public String toString() {
    return name
        + (dead ? " (dead)" : "")
        + " "
        + owners
        + " clients "
        + clients.keySet()
        + " servers "
        + servers.keySet();
  }
}
