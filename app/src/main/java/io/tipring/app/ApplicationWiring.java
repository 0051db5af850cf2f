package io.tipring.app;

import io.tipring.api.CallId;
import io.tipring.app.builtin.Builtin;
import io.tipring.app.config.Applications;
import io.tipring.app.config.Config;
import io.tipring.core.call.Application;
import io.tipring.core.call.CallAppAttendant;
import io.tipring.core.call.Directory;
import io.tipring.core.call.LegEvent.LegOffered;
import io.tipring.core.control.LossPolicy;
import io.tipring.core.control.RemoteApplication;
import io.tipring.core.control.RemoteSettings;
import io.tipring.core.control.Sessions;
import io.tipring.core.lane.Ids;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.control.Access;
import io.tipring.edge.control.LinkMeter;
import io.tipring.edge.control.LinkSettings;
import io.tipring.edge.control.SigningSecret;
import io.tipring.edge.control.WebSocketLinks;
import io.tipring.edge.net.Counters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Who answers, as the configuration wants it: what comes with the exchange, scripts among it, and
/// applications in other processes with their connections.
final class ApplicationWiring implements Directory, AutoCloseable {
  private final Config config;
  private final SessionNotices notices;
  private final Counters<LinkMeter> meters = new Counters<>(LinkMeter.class);
  private final Lane lane;
  private final RemoteSettings.Patience patience;
  private final RemoteSettings.Limits limits;
  private final WebSocketLinks links;
  private final Sessions sessions;
  private final ScriptWiring scripts;

  /// @param faults told of what was thrown in a session's turn
  /// @param access to applications of the configuration, by name
  ApplicationWiring(
      Config config,
      Map<String, Access> access,
      Lane lane,
      Randomness randomness,
      SessionNotices notices,
      BiConsumer<CallId, Throwable> faults) {
    this.config = config;
    this.lane = lane;
    this.notices = notices;
    patience = patience(config.control());
    limits = limits(config.control());
    links =
        new WebSocketLinks(
            new WebSocketLinks.Ground(lane, System::currentTimeMillis, randomness),
            access,
            links(config.control()),
            meters);
    sessions =
        new Sessions(
            new Sessions.Ground(
                lane,
                new Ids(randomness, System::currentTimeMillis),
                System::currentTimeMillis,
                randomness),
            links,
            notices,
            faults);
    scripts = new ScriptWiring(config, lane, randomness);
  }

  /// What is dialled leads to a name, or to the URL itself.
  @Override
  public Optional<Application> find(LegOffered offered) {
    String answers = config.apps().getOrDefault(offered.user(), "");
    return Applications.isUrl(answers)
        ? Optional.of(remote(answers, answers, LossPolicy.KEEP, Optional.empty()))
        : named(answers);
  }

  /// URLs are for the operator to choose, not for applications that hand calls on.
  @Override
  public Optional<Application> named(String application) {
    return Optional.ofNullable(config.applications().get(application))
        .map(remote -> remote(application, remote))
        .or(() -> Builtin.named(application).map(builtin -> builtin(builtin.program())));
  }

  private Application builtin(Builtin.Program program) {
    return switch (program) {
      case Builtin.Program.App(var app) -> CallAppAttendant.application(app);
      case Builtin.Program.Script(var script) -> scripts.application(script);
    };
  }

  private Application remote(String name, Applications.Remote remote) {
    LossPolicy onLoss =
        switch (remote.onLoss()) {
          case "fallback" -> LossPolicy.FALLBACK;
          case "hang_up" -> LossPolicy.HANG_UP;
          default -> LossPolicy.KEEP; // the configuration knows no other
        };
    return remote(
        name,
        remote.url(),
        onLoss,
        Optional.of(remote.fallback()).filter(fallback -> !fallback.isEmpty()));
  }

  private Application remote(
      String name, String url, LossPolicy onLoss, Optional<String> fallback) {
    return new RemoteApplication(
        new RemoteSettings(name, URI.create(url), onLoss, fallback, patience, limits), sessions);
  }

  static RemoteSettings.Patience patience(Applications.Control control) {
    Applications.Patience patience = control.patience();
    return new RemoteSettings.Patience(
        Duration.ofMillis(patience.handshakeMillis()),
        Duration.ofSeconds(patience.reachSeconds()),
        Duration.ofSeconds(patience.firstAnswerSeconds()),
        Duration.ofSeconds(patience.lostSeconds()),
        Duration.ofSeconds(patience.keepSeconds()),
        Duration.ofSeconds(patience.slowSeconds()),
        Duration.ofSeconds(patience.goodbyeSeconds()));
  }

  static RemoteSettings.Limits limits(Applications.Control control) {
    Applications.Bounds bounds = control.bounds();
    return new RemoteSettings.Limits(
        bounds.messageKilobytes() << 10, bounds.operations(), bounds.tail(), bounds.errors());
  }

  static LinkSettings links(Applications.Control control) {
    Applications.Connections connections = control.connections();
    LinkSettings usual = LinkSettings.STANDARD;
    return new LinkSettings(
        connections.threads(),
        Duration.ofSeconds(connections.pingSeconds()),
        Duration.ofSeconds(connections.pongSeconds()),
        usual.close(),
        control.bounds().messageKilobytes() << 10,
        usual.highBytes(),
        usual.lowBytes(),
        usual.mostBytes());
  }

  /// How applications know this exchange, and it them.
  ///
  /// @throws IOException when a certificate, a token or a secret cannot be had
  static Map<String, Access> access(Map<String, Applications.Remote> remotes) throws IOException {
    Map<String, Access> access = new LinkedHashMap<>();
    for (Map.Entry<String, Applications.Remote> remote : remotes.entrySet()) {
      access.put(
          remote.getKey(), access("applications." + remote.getKey() + ".", remote.getValue()));
    }
    return access;
  }

  private static Access access(String key, Applications.Remote remote) throws IOException {
    List<SigningSecret> secrets = new ArrayList<>();
    try {
      for (String reference : remote.secrets()) {
        secrets.add(SigningSecret.parse(Secrets.read(key + "secrets", reference)));
      }
      return new Access(
          remote.token().isEmpty()
              ? Optional.empty()
              : Optional.of(Secrets.read(key + "token", remote.token())),
          secrets,
          remote.ca().isEmpty() ? List.of() : Access.authorities(Path.of(remote.ca())));
    } catch (IllegalArgumentException e) {
      throw new IOException(key + "token or secrets: " + e.getMessage(), e);
    }
  }

  /// For the end, when no calls are left: applications hear their last word, scripts clear up, then
  /// `whenEmpty` runs on the lane. Only on the lane.
  void drain(Runnable whenEmpty) {
    long goodbyeNanos = lane.nowNanos() + patience.goodbye().toNanos();
    sessions.drain(goodbyeNanos, () -> scripts.drain(whenEmpty));
  }

  void meter(Meters all) {
    all.gauge("tipring_sessions", "Sessions with applications that are not over.", sessions::size);
    all.counters("tipring_sessions", "What became of sessions.", notices::counts);
    all.counters("tipring_links", "What connections with applications did.", meters::snapshot);
    scripts.meter(all);
  }

  @Override
  public void close() {
    links.close();
    scripts.close();
  }
}
