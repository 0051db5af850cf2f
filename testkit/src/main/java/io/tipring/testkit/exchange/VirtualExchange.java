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
import io.tipring.media.spec.MediaPlane;
import io.tipring.media.worker.WorkerSettings;
import io.tipring.testkit.application.RemoteApp;
import io.tipring.testkit.application.VirtualLinks;
import io.tipring.testkit.application.VirtualScripts;
import io.tipring.testkit.application.VirtualWeb;
import io.tipring.testkit.net.Network;
import io.tipring.testkit.net.VirtualHost;
import io.tipring.testkit.net.VirtualSip;
import io.tipring.testkit.world.World;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipResponse;
import java.net.InetAddress;
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
  private static final PortSettings PORTS =
      new PortSettings(20_000, 20_999, 2, 5_000, List.of(MediaPlane.Family.IPV4));

  private final World world;
  private final VirtualHost host;
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

  /// @param address a literal
  public VirtualExchange(
      Network network, String address, SipExchange.Settings settings, Doors doors) {
    world = network.world();
    host = new VirtualHost(network, InetAddress.ofLiteral(address));
    Lane lane = world.lane();
    Randomness randomness = world.randomness(address);
    media =
        new LaneMediaPlane(
            lane,
            new MediaPlaneSettings(2, PORTS, RtpSettings.STANDARD, WorkerSettings.STANDARD),
            host,
            randomness,
            _ -> world.wallMillis(),
            event -> exchange().tell(event));
    VirtualSip sip = new VirtualSip(host, SIP_PORT, new SipParser(), new Door());
    exchange =
        new SipExchange(
            new SipExchange.Ground(lane, randomness, world::wallMillis),
            new SipExchange.Reach(
                sip, (_, _) -> address, _ -> HostPort.ofAddress(address, SIP_PORT)),
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
    Randomness sessionRandomness = world.randomness("sessions " + address);
    sessions =
        new Sessions(
            new Sessions.Ground(
                lane,
                new Ids(sessionRandomness, world::wallMillis),
                world::wallMillis,
                sessionRandomness),
            links,
            notice -> world.note(notice.application(), notice.what() + " " + notice.detail()),
            (call, fault) -> {
              throw new IllegalStateException("a session of " + call + " failed", fault);
            });
    web = new VirtualWeb(world);
    scripts =
        new Scripts(
            new Scripts.Ground(
                lane,
                new VirtualScripts(world),
                world.clock(),
                world.randomness("scripts " + address),
                web),
            Scripts.Settings.STANDARD,
            this::onScript);
    door = doors.of(exchange.arrivals());
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

  /// `sip:user@host`.
  public String uri(String user) {
    return "sip:" + user + '@' + host.address().getHostAddress();
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
