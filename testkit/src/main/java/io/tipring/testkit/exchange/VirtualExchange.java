package io.tipring.testkit.exchange;

import io.tipring.api.CallApp;
import io.tipring.api.CallId;
import io.tipring.api.script.CallScript;
import io.tipring.api.script.Web;
import io.tipring.core.call.Application;
import io.tipring.core.call.CallAppAttendant;
import io.tipring.core.call.Directory;
import io.tipring.core.call.Sounds;
import io.tipring.core.control.RemoteApplication;
import io.tipring.core.control.RemoteSettings;
import io.tipring.core.control.Sessions;
import io.tipring.core.journal.Journal;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.net.LocalAddresses;
import io.tipring.edge.net.OwnAddress;
import io.tipring.edge.rtp.LaneMediaPlane;
import io.tipring.edge.rtp.MediaPlaneSettings;
import io.tipring.edge.rtp.PortSettings;
import io.tipring.edge.rtp.RtpSettings;
import io.tipring.edge.script.ScriptApplication;
import io.tipring.edge.script.Scripts;
import io.tipring.edge.sip.SipExchange;
import io.tipring.edge.sip.UserAgent;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Inlet;
import io.tipring.media.worker.WorkerSettings;
import io.tipring.testkit.application.RemoteApp;
import io.tipring.testkit.application.VirtualLinks;
import io.tipring.testkit.application.VirtualScripts;
import io.tipring.testkit.application.VirtualWeb;
import io.tipring.testkit.net.Nat;
import io.tipring.testkit.net.Network;
import io.tipring.testkit.net.VirtualHost;
import io.tipring.testkit.net.VirtualSip;
import io.tipring.testkit.world.World;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An exchange at a host of the World: the objects of production, without its sockets and threads.
public final class VirtualExchange {
  private static final int SIP_PORT = 5060;
  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final int FIRST_MEDIA_PORT = 20_000;
  private static final int LAST_MEDIA_PORT = 20_999;

  private final World world;
  private final VirtualHost host;
  private final OwnAddress own;
  private final String dialled;
  private final Map<String, Application> applications = new TreeMap<>();
  private final List<Journal.Entry> journal = new ArrayList<>();
  private final LaneMediaPlane media;
  private final SipExchange exchange;
  private final VirtualLinks links;
  private final Sessions sessions;
  private final VirtualWeb web;
  private final Scripts scripts;
  private Sounds sounds = Sounds.NONE;
  private @Nullable Inlet door;

  /// Where an exchange stands.
  ///
  /// @param address of its host, a literal
  /// @param advertised what those who are not near reach it by, as an operator configures it behind
  ///   a router; empty is its own address
  public record Place(String address, List<InetAddress> advertised) {
    public Place {
      advertised = List.copyOf(advertised);
    }

    public static Place at(String address) {
      return new Place(address, List.of());
    }
  }

  public VirtualExchange(Network network, Place place, SipExchange.Settings settings, Doors doors) {
    world = network.world();
    host = new VirtualHost(network, InetAddress.ofLiteral(place.address()));
    LocalAddresses addresses =
        new LocalAddresses(place.advertised(), LocalAddresses::isLocal, world::nowNanos);
    // Every route of a host with one address begins there; the machine we run on is not asked.
    InetSocketAddress here = new InetSocketAddress(host.address(), SIP_PORT);
    own = (_, remote) -> addresses.towards(here, remote);
    dialled =
        place.advertised().isEmpty()
            ? place.address()
            : place.advertised().getFirst().getHostAddress();
    Lane lane = world.lane();
    Randomness randomness = world.randomness(place.address());
    media =
        new LaneMediaPlane(
            lane,
            new MediaPlaneSettings(
                2,
                new PortSettings(
                    FIRST_MEDIA_PORT, LAST_MEDIA_PORT, 2, 5_000, List.of(host.family())),
                RtpSettings.STANDARD,
                WorkerSettings.STANDARD),
            host,
            randomness,
            _ -> world.wallMillis(),
            event -> exchange().tell(event));
    VirtualSip sip = new VirtualSip(host, SIP_PORT, new SipParser(), new Door());
    exchange =
        new SipExchange(
            new SipExchange.Ground(lane, randomness, world::wallMillis),
            new SipExchange.Reach(sip, own, this::ownName),
            media,
            new SipExchange.Service(
                Directory.byName(name -> Optional.ofNullable(applications.get(name))),
                new UserAgent.Callees(applications::containsKey, doors::offence),
                (request, done) -> sounds.prepare(request, done),
                this::write,
                (call, fault) -> {
                  throw new IllegalStateException("a turn of " + call + " failed", fault);
                }),
            settings);
    links = new VirtualLinks(world);
    sessions = sessions(world.randomness("sessions " + place.address()));
    web = new VirtualWeb(world);
    scripts = scripts(world.randomness("scripts " + place.address()));
    door = doors.of(exchange.arrivals());
  }

  private Sessions sessions(Randomness randomness) {
    return new Sessions(
        new Sessions.Ground(
            world.lane(), new Ids(randomness, world::wallMillis), world::wallMillis, randomness),
        links,
        notice -> world.note(notice.application(), notice.what() + " " + notice.detail()),
        (call, fault) -> {
          throw new IllegalStateException("a session of " + call + " failed", fault);
        });
  }

  private Scripts scripts(Randomness randomness) {
    return new Scripts(
        new Scripts.Ground(world.lane(), new VirtualScripts(world), world.clock(), randomness, web),
        Scripts.Settings.STANDARD,
        this::onScript);
  }

  /// What a story finds out in a script fails the story; what else a script throws is its own.
  private void onScript(CallId call, String what, Throwable where) {
    world.note(call.value(), what + ": " + where);
    if (where instanceof Error fault) {
      throw fault;
    }
  }

  /// Answers calls to `user` with a new application each.
  public void serve(String user, Supplier<CallApp> application) {
    serve(user, CallAppAttendant.application(application));
  }

  /// Answers calls to `user`; redirects find the application under the same name.
  public void serve(String user, Application application) {
    applications.put(user, application);
  }

  /// Answers calls to the settings' application with one in another process.
  public void serve(RemoteSettings settings, RemoteApp application) {
    links.put(settings.application(), application);
    serve(settings.application(), new RemoteApplication(settings, sessions));
  }

  /// Answers calls to `user` by running `script`.
  public void serve(String user, CallScript script) {
    serve(user, new ScriptApplication(() -> script, scripts));
  }

  /// From now on answers what scripts ask of web servers.
  public void web(Web answers) {
    web.answers(answers);
  }

  /// Scripts that have not ended.
  public int scripts() {
    return scripts.size();
  }

  /// Sessions with remote applications that are not over.
  public int sessions() {
    return sessions.size();
  }

  /// Where sound comes from that is not there yet.
  public void sounds(Sounds source) {
    sounds = source;
  }

  public InetAddress address() {
    return host.address();
  }

  /// `sip:user@host`, as somebody far away dials it.
  public String uri(String user) {
    return "sip:" + user + '@' + HostPort.ofAddress(dialled, SIP_PORT).host();
  }

  /// The router in front of it lets its calls in.
  public void openRouter(Nat router) {
    router.forward(SIP_PORT, SIP_PORT, host.address());
    router.forward(FIRST_MEDIA_PORT, LAST_MEDIA_PORT, host.address());
  }

  /// Everything that happened to calls, in order.
  public List<Journal.Entry> journal() {
    return List.copyOf(journal);
  }

  /// Calls that have not ended.
  public int calls() {
    return exchange.calls();
  }

  /// What is left of calls, ended ones included: legs, sessions, transactions, scripts, ports in
  /// use. 0 when nothing has leaked and enough time has passed.
  public int residue() {
    return exchange.calls()
        + exchange.residue()
        + sessions.size()
        + scripts.size()
        + media.ports().inUse();
  }

  public SipExchange sip() {
    return exchange;
  }

  /// Takes no new calls, ends those left after `patience`, lets applications hear of it, then runs
  /// `whenEmpty`.
  public void drain(Duration patience, Runnable whenEmpty) {
    exchange.drain(
        patience.toNanos(), () -> sessions.drain(world.nowNanos() + GOODBYE.toNanos(), whenEmpty));
  }

  private HostPort ownName(FlowId flow) {
    return HostPort.ofAddress(own.towards(flow.local(), flow.remote().getAddress()), SIP_PORT);
  }

  private SipExchange exchange() {
    return exchange;
  }

  private void write(Journal.Entry entry) {
    journal.add(entry);
    world.note("journal", entry.at().seq() + " " + entry.event());
  }

  /// Stands in the wall before the exchange behind it exists.
  private final class Door implements Inlet {
    @Override
    public boolean admits(InetAddress source) {
      return door != null && door.admits(source);
    }

    @Override
    public boolean overloaded() {
      return door != null && door.overloaded();
    }

    @Override
    public Optional<SipResponse> parsed(FlowId flow, Parsed parsed) {
      return door == null ? Optional.empty() : door.parsed(flow, parsed);
    }

    @Override
    public void lost(FlowId flow, FlowLoss why) {
      if (door != null) {
        door.lost(flow, why);
      }
    }
  }
}
