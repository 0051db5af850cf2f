package io.tipring.app;

import io.tipring.api.CallId;
import io.tipring.api.script.CallScript;
import io.tipring.app.config.Config;
import io.tipring.core.call.Application;
import io.tipring.core.lane.Lane;
import io.tipring.core.lane.Randomness;
import io.tipring.edge.http.WebClient;
import io.tipring.edge.script.HttpRequests;
import io.tipring.edge.script.ScriptApplication;
import io.tipring.edge.script.Scripts;
import io.tipring.edge.script.VirtualThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Scripts on virtual threads, with the wall clock and the web.
final class ScriptWiring implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("scripts");
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 1 << 20; // of one answer of a web server

  private final WebClient web;
  private final Scripts scripts;

  ScriptWiring(Config config, Lane lane, Randomness randomness) {
    web = new WebClient(CONNECT, SoundWiring.reachable(config.media().fetchFrom()));
    scripts =
        new Scripts(
            new Scripts.Ground(
                lane,
                new VirtualThreads(),
                Clock.system(ZoneId.systemDefault()),
                randomness,
                new HttpRequests(web, MOST_BYTES)),
            new Scripts.Settings(
                config.limits().calls(),
                Scripts.Settings.STANDARD.interrupt(),
                Scripts.Settings.STANDARD.giveUp()),
            (CallId call, String what, Throwable where) ->
                LOG.log(Level.SEVERE, call + ": " + what, where));
  }

  Application application(Supplier<CallScript> script) {
    return new ScriptApplication(script, scripts);
  }

  /// Once no calls are left: waits for scripts that still clear up. `whenEmpty` runs on the lane.
  void drain(Runnable whenEmpty) {
    scripts.drain(whenEmpty);
  }

  void meter(Meters meters) {
    meters.gauge("tipring_scripts", "Scripts that have not ended.", scripts::size);
    meters.counter(
        "tipring_scripts_unheard_total",
        "Events that were dropped because a script did not listen.",
        scripts::unheard);
  }

  @Override
  public void close() {
    web.close();
  }
}
