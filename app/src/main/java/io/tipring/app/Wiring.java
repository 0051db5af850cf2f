package io.tipring.app;

import io.tipring.app.config.Config;
import io.tipring.edge.http.HttpLimits;
import io.tipring.edge.http.HttpServer;
import io.tipring.edge.http.Reply;
import io.tipring.edge.http.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Logger;

/// Puts the exchange together: every object is made here and handed what it needs, one method per
/// feature.
final class Wiring {
  private static final Logger LOG = Logger.getLogger("exchange");

  private final Config config;
  private final Meters meters = new Meters();
  private volatile boolean ready;
  private final Telephony telephony;
  private final HttpServer http;

  private Wiring(Config config, LogQueue log) throws IOException {
    this.config = config;
    meters.counter(
        "tipring_log_dropped_total", "Log lines left out since the log was slow.", log::unsaid);
    this.telephony = telephony();
    try {
      this.http = http();
    } catch (IOException e) {
      telephony.close();
      throw e;
    }
  }

  /// Everything listens when this returns, or nothing does.
  ///
  /// @throws IOException when an address or a range of ports cannot be had, or a sound not be read
  static Wiring start(Config config, LogQueue log) throws IOException {
    OpenFiles.warning(config).ifPresent(LOG::warning);
    Wiring wiring = new Wiring(config, log);
    wiring.telephony.start();
    wiring.ready = true;
    return wiring;
  }

  /// After the start: what would make it longer and need not be there yet.
  void warmUp() {
    telephony.warmUp();
  }

  private Telephony telephony() throws IOException {
    Telephony calls = new Telephony(config, welcome(config.sip().openToAll()));
    calls.meter(meters);
    ProcessMeters.add(meters);
    return calls;
  }

  private HttpServer http() throws IOException {
    String page = StartPage.of(config, telephony.udpAddresses().getFirst().getPort());
    Router router =
        new Router()
            .get("/", () -> Reply.html(page))
            .get("/healthz", () -> Reply.text(200, "alive\n"))
            .get(
                "/readyz",
                () -> ready ? Reply.text(200, "ready\n") : Reply.text(503, "not ready\n"))
            .get("/metrics", () -> new Reply(200, Meters.CONTENT_TYPE, meters.print()));
    HttpServer server =
        HttpServer.start(
            Binds.of(config.http().bind(), config.http().port()),
            router,
            HttpLimits.modest(welcome(config.http().openToAll())));
    meters.gauge(
        "tipring_http_connections", "HTTP connections that are open.", server::connections);
    return server;
  }

  /// Which sources are heard.
  private Predicate<InetAddress> welcome(boolean openToAll) {
    return openToAll ? _ -> true : Networks.parse(config.net().localNetworks())::contains;
  }

  List<InetSocketAddress> httpAddresses() {
    return http.addresses();
  }

  List<InetSocketAddress> udpAddresses() {
    return telephony.udpAddresses();
  }

  List<InetSocketAddress> tcpAddresses() {
    return telephony.tcpAddresses();
  }

  /// Calls that have not ended yet.
  int calls() {
    return telephony.calls();
  }

  /// Takes no new calls; ends those that are left after `drainSeconds`. Runs `whenEmpty` once none
  /// is left.
  void drain(int drainSeconds, Runnable whenEmpty) {
    ready = false;
    telephony.drain(Duration.ofSeconds(drainSeconds), whenEmpty);
  }

  /// Ends everything at once.
  void close() {
    http.close();
    telephony.close();
  }
}
