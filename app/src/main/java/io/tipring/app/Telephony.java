package io.tipring.app;

import io.tipring.api.CallId;
import io.tipring.app.config.Config;
import io.tipring.core.call.CallLimits;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.control.Access;
import io.tipring.edge.net.LocalAddresses;
import io.tipring.edge.net.ThreadLane;
import io.tipring.edge.rtp.MediaPlaneSettings;
import io.tipring.edge.rtp.PortSettings;
import io.tipring.edge.rtp.RtpMediaPlane;
import io.tipring.edge.rtp.RtpSettings;
import io.tipring.edge.sip.SipExchange;
import io.tipring.edge.sip.TransactionSettings;
import io.tipring.edge.sip.UserAgent;
import io.tipring.edge.sip.door.BoundedLog;
import io.tipring.edge.sip.door.OverloadDoor;
import io.tipring.edge.sip.door.ScanGuard;
import io.tipring.edge.sip.door.SipDoor;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.SipSockets;
import io.tipring.edge.sip.transport.TcpLimits;
import io.tipring.media.spec.MediaEvent;
import io.tipring.media.worker.WorkerSettings;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.dialog.SessionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Calls with sound over real sockets: the exchange lane, SIP behind its door, the media plane.
/// Bound when made, deaf until started.
final class Telephony implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("exchange");

  /// After the last call: its BYE is on the way, and may have to be sent once more (T1 = 500 ms).
  private static final Duration LINGER = Duration.ofMillis(600);

  private static final int MOST_LOGGED = 200; // characters of what a stranger sent

  private final Config config;
  private final CallLog calls = new CallLog();
  private final SoundWiring sound;
  private final ThreadLane lane;
  private final SipSockets sockets;
  private final RtpMediaPlane media;
  private final ApplicationWiring applications;
  private final SipExchange exchange;
  private final SipDoor door;
  private final ScanGuard scanners;

  /// @param welcome whose SIP is heard
  /// @throws IOException when an address or a range of ports cannot be had, or a sound, a secret or
  ///   a certificate not be read; nothing is left bound then
  Telephony(Config config, Predicate<InetAddress> welcome) throws IOException {
    this.config = config;
    sound = new SoundWiring(config);
    Map<String, Access> access = ApplicationWiring.access(config.applications());
    SecureRandom random = new SecureRandom();
    Randomness randomness = random::nextBytes;
    List<InetSocketAddress> addresses = Binds.of(config.sip().bind(), config.sip().port());
    MediaBinds binds = MediaBinds.of(addresses);
    sockets =
        SipSockets.bind(
            addresses,
            config.sip().tcp() ? addresses : List.of(),
            new SipParser(),
            TcpLimits.STANDARD);
    try {
      media = media(binds, randomness);
    } catch (IOException e) {
      sockets.close();
      throw e;
    }
    lane =
        new ThreadLane(
            "lane",
            (resource, failure) ->
                LOG.log(Level.SEVERE, "fault in a turn of " + resource, failure));
    scanners =
        new ScanGuard(
            scanLimits(config.limits()),
            source -> config.limits().exemptLoopback() && source.isLoopbackAddress(),
            System::nanoTime);
    applications =
        new ApplicationWiring(
            config, access, lane, randomness, new SessionNotices(LOG::warning), Telephony::fault);
    exchange = exchange(randomness, binds);
    door =
        new SipDoor(
            welcome,
            scanners,
            new OverloadDoor(
                lane::lagNanos,
                lane::queueDepth,
                new OverloadDoor.Watermark(
                    Duration.ofMillis(config.limits().shedLagMillis()),
                    OverloadDoor.Watermark.STANDARD.queueDepth()),
                random.nextLong()),
            exchange.arrivals(),
            new BoundedLog(LOG::warning, 10, Duration.ofMinutes(1), MOST_LOGGED, System::nanoTime));
  }

  /// From now on callers are heard.
  void start() {
    sockets.start(door);
  }

  /// What the first caller would have to wait for otherwise, in threads of its own.
  void warmUp() {
    sound.loadVoice();
  }

  private RtpMediaPlane media(MediaBinds binds, Randomness randomness) throws IOException {
    return RtpMediaPlane.start(
        mediaSettings(config, binds),
        binds.network(),
        randomness,
        _ -> System.currentTimeMillis(),
        this::onMedia);
  }

  private SipExchange exchange(Randomness randomness, MediaBinds binds) {
    Predicate<InetAddress> near = Networks.parse(config.net().localNetworks())::contains;
    LocalAddresses own =
        new LocalAddresses(
            config.net().advertised().stream().map(InetAddress::ofLiteral).toList(),
            near,
            System::nanoTime);
    return new SipExchange(
        new SipExchange.Ground(lane, randomness, System::currentTimeMillis),
        new SipExchange.Reach(sockets, binds.named(own), flow -> ownName(own, flow)),
        media,
        new SipExchange.Service(
            applications,
            new UserAgent.Callees(config.apps()::containsKey, scanners::offend),
            sound.sounds(),
            calls,
            Telephony::fault),
        new SipExchange.Settings(
            TransactionSettings.STANDARD,
            SessionSettings.USUAL,
            callLimits(config),
            config.media().inBandDigits()));
  }

  private static void fault(CallId call, Throwable fault) {
    LOG.log(Level.SEVERE, "fault in " + call, fault);
  }

  private static ScanGuard.Settings scanLimits(Config.Limits limits) {
    return new ScanGuard.Settings(
        limits.offences(),
        Duration.ofSeconds(limits.forgiveSeconds()),
        ScanGuard.Settings.STANDARD.sources());
  }

  private static CallLimits callLimits(Config config) {
    Config.Limits limits = config.limits();
    return new CallLimits(
        limits.calls(),
        config.control().bounds().operations(),
        Duration.ofSeconds(limits.unansweredSeconds()),
        Duration.ofMinutes(limits.callMinutes()));
  }

  private static MediaPlaneSettings mediaSettings(Config config, MediaBinds binds) {
    Config.Rtp rtp = config.rtp();
    int workers =
        rtp.workers() > 0
            ? rtp.workers()
            : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    PortSettings ports =
        new PortSettings(
            rtp.firstPort(),
            rtp.lastPort(),
            rtp.ready(),
            rtp.restSeconds() * 1_000,
            binds.families());
    WorkerSettings worker =
        new WorkerSettings(
            config.media().silentSeconds() * 1_000,
            WorkerSettings.STANDARD.maxQueuedPlays(),
            WorkerSettings.STANDARD.seed());
    return new MediaPlaneSettings(workers, ports, RtpSettings.STANDARD, worker);
  }

  private HostPort ownName(LocalAddresses own, FlowId flow) {
    String host = own.towards(flow.local(), flow.remote().getAddress());
    // A connection that we made has a port of its own, at which nobody listens.
    int port =
        flow.isReliable() ? sockets.tcpAddresses().getFirst().getPort() : flow.local().getPort();
    return HostPort.ofAddress(host, port);
  }

  private void onMedia(MediaEvent event) {
    exchange.tell(event);
  }

  List<InetSocketAddress> udpAddresses() {
    return sockets.udpAddresses();
  }

  List<InetSocketAddress> tcpAddresses() {
    return sockets.tcpAddresses();
  }

  /// Calls that have not ended yet.
  int calls() {
    return calls.live();
  }

  /// Takes no new calls, ends those left after `patience`, lets applications hear of it; then
  /// `whenEmpty` runs on the lane.
  void drain(Duration patience, Runnable whenEmpty) {
    Duration linger = calls() == 0 ? Duration.ZERO : LINGER;
    exchange.drain(
        patience.toNanos(),
        () -> {
          long quietNanos = lane.nowNanos() + linger.toNanos();
          applications.drain(() -> lane.wakeAt(quietNanos, "shutdown", whenEmpty));
        });
  }

  void meter(Meters meters) {
    meters.gauge("tipring_calls", "Calls that have not ended.", calls::live);
    meters.counter("tipring_calls_total", "Calls since the start.", calls::calls);
    meters.counters("tipring_calls_ended", "Calls that ended, by reason.", calls::endings);
    meters.gauge(
        "tipring_lane_lag_seconds",
        "Age of the oldest input the exchange lane has not done.",
        () -> lane.lagNanos() / 1e9);
    meters.gauge("tipring_lane_queue", "Inputs that wait for the exchange lane.", lane::queueDepth);
    meters.counter("tipring_lane_turns_total", "Turns of the exchange lane.", lane::turns);
    meters.counter("tipring_lane_faults_total", "Turns that threw.", lane::failures);
    meters.counters("tipring_sip_door", "What the SIP door saw.", door.meters()::snapshot);
    meters.counters("tipring_sip_sockets", "What the SIP sockets did.", sockets.meters()::snapshot);
    meters.counters(
        "tipring_sip_transactions",
        "What the transaction table did.",
        exchange.transactions().meters()::snapshot);
    meters.counter(
        "tipring_sip_scanners_total", "Times a source began to be silenced.", scanners::scanners);
    applications.meter(meters);
    MediaMeters.add(media, meters);
    sound.meter(meters);
  }

  /// Nothing comes in any more, then nobody decides any more, then nothing sounds any more. Each
  /// waits for its threads, a few seconds at most.
  @Override
  public void close() {
    sockets.close();
    applications.close();
    lane.close();
    media.close();
    sound.close();
  }
}
