package io.tipring.testkit.phone;

import io.tipring.edge.rtp.DatagramIo;
import io.tipring.edge.rtp.PortPair;
import io.tipring.edge.sip.Sessions;
import io.tipring.edge.sip.TransactionSettings;
import io.tipring.edge.sip.TransactionTable;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.media.spec.MediaPlane.Family;
import io.tipring.wire.sip.Digest;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.NameAddr;
import io.tipring.wire.sip.Params;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.SipUri;
import io.tipring.wire.sip.dialog.SessionSettings;
import io.tipring.wire.sip.transaction.ServerKey;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A telephone: calls, is called, speaks and listens. Everything about it happens on its jack's
/// lane; so do all methods.
public final class Phone {
  static final String RESOURCE = "phone";
  private static final int FIRST_RTP_PORT = 30_000;
  private static final int RTP_PORTS = 8_000;
  private static final int SIP_PORT = 5060;

  private final Jack jack;
  private final String user;
  private final Manners manners;
  private final Ladder ladder;
  private final Flows flows;
  private final TransactionTable table;
  private final Sessions sessions;
  private final PhoneIdentifiers identifiers;
  private final List<PhoneCall> calls = new ArrayList<>();
  private Consumer<PhoneCall> bell = PhoneCall::ring;
  private Optional<Digest.Credentials> credentials = Optional.empty();
  private int rtpPorts;

  public Phone(Jack jack, String user, Manners manners) {
    this(jack, user, manners, SessionSettings.USUAL, Ladder.unseen());
  }

  /// @param user its name, the user part of its address
  /// @param settings how its sessions behave, such as their session timer
  public Phone(Jack jack, String user, Manners manners, SessionSettings settings, Ladder ladder) {
    this.jack = jack;
    this.user = user;
    this.manners = manners;
    this.ladder = ladder;
    this.identifiers = new PhoneIdentifiers(jack.randomness());
    this.flows = new PhoneFlows(jack.plugIn(new FromNetwork()), manners, ladder, jack.lane());
    this.table =
        new TransactionTable(
            jack.lane(), flows, identifiers, _ -> sipAddress(), TransactionSettings.STANDARD);
    this.sessions = new Sessions(jack.lane(), table, flows, identifiers, settings, this::outside);
    table.attach(sessions);
  }

  /// What happens when a call comes in; it rings for ever if nothing is said here.
  public void onCall(Consumer<PhoneCall> reaction) {
    bell = reaction;
  }

  /// What to say when somebody asks who we are.
  public void authenticateAs(String name, String password) {
    credentials = Optional.of(new Digest.Credentials(name, password));
  }

  /// Calls `uri`, whose host must be a literal address.
  public PhoneCall dial(String uri) {
    return dial((SipUri) NameAddr.parse('<' + uri + '>').uri());
  }

  public PhoneCall dial(SipUri uri) {
    HostPort at = uri.at();
    return dial(
        uri,
        new InetSocketAddress(InetAddress.ofLiteral(at.address()), at.port().orElse(SIP_PORT)));
  }

  /// Calls `uri` by way of `hop`.
  public PhoneCall dial(SipUri uri, InetSocketAddress hop) {
    FlowId flow =
        flows
            .flowTo(manners.transport(), hop)
            .orElseThrow(
                () -> new IllegalStateException("no way to " + hop + " by " + manners.transport()));
    PhoneCall call = new PhoneCall(this);
    calls.add(call);
    call.dial(sessions, flow, uri);
    return call;
  }

  /// Its own address, `sip:user@host:port`.
  public SipUri uri() {
    SipUri uri = SipUri.of(user, sipAddress());
    return switch (manners.transport()) {
      case UDP -> uri;
      case TCP -> uri.withParams(Params.EMPTY.with("transport", "tcp"));
    };
  }

  /// The host it is at.
  public InetAddress address() {
    return jack.address();
  }

  /// All calls it ever had and did not forget, oldest first.
  public List<PhoneCall> calls() {
    return List.copyOf(calls);
  }

  /// Drops the calls that have ended, and with them what they heard: for stories of very many
  /// calls.
  public void forgetEnded() {
    calls.removeIf(PhoneCall::isEnded);
  }

  /// Transactions that are not over; 0 when all is quiet.
  public int transactions() {
    return table.size();
  }

  Jack jack() {
    return jack;
  }

  Manners manners() {
    return manners;
  }

  PhoneIdentifiers identifiers() {
    return identifiers;
  }

  Optional<Digest.Credentials> credentials() {
    return credentials;
  }

  void note(String what) {
    ladder.noted(jack.lane().nowNanos(), what);
  }

  /// A free pair of ports for sound.
  PortPair openPorts() {
    Family family = jack.address() instanceof Inet6Address ? Family.IPV6 : Family.IPV4;
    for (int i = 0; i < RTP_PORTS / 2; i++) {
      int port = FIRST_RTP_PORT + rtpPorts;
      rtpPorts = (rtpPorts + 2) % RTP_PORTS;
      Optional<PortPair> pair = open(family, port);
      if (pair.isPresent()) {
        return pair.get();
      }
    }
    throw new IllegalStateException("no free RTP port");
  }

  private Optional<PortPair> open(Family family, int port) {
    DatagramIo rtp;
    try {
      rtp = jack.rtp().bind(family, port);
    } catch (IOException _) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PortPair(family, rtp, jack.rtp().bind(family, port + 1)));
    } catch (IOException _) {
      rtp.close();
      return Optional.empty();
    }
  }

  private HostPort sipAddress() {
    return HostPort.ofAddress(jack.address().getHostAddress(), jack.sipPort());
  }

  private void outside(Sessions of, ServerKey ref, FlowId flow, SipRequest request) {
    if (request.method().equals(Method.INVITE)) {
      PhoneCall call = new PhoneCall(this);
      calls.add(call);
      call.offered(of, ref, flow, request);
    } else {
      int status = request.method().equals(Method.OPTIONS) ? 200 : 481;
      of.respond(ref, SipResponse.to(request, status).withToTag(of.newTag()));
    }
  }

  void ringBell(PhoneCall call) {
    bell.accept(call);
  }

  /// Shows what comes on the ladder before the table has it.
  private final class FromNetwork implements Arrivals {
    @Override
    public void arrived(FlowId flow, SipMessage message) {
      jack.lane().post(RESOURCE, () -> ladder.received(jack.lane().nowNanos(), message));
      table.arrivals().arrived(flow, message);
    }

    @Override
    public void lost(FlowId flow, FlowLoss why) {
      jack.lane()
          .post(RESOURCE, () -> ladder.noted(jack.lane().nowNanos(), "connection lost: " + why));
      table.arrivals().lost(flow, why);
    }
  }
}
