package io.tipring.app.config;

import java.util.List;
import java.util.Map;

/// Everything that can be set, with its default. A component is a key of `tipring.toml`:
/// `drainSeconds` of [Shutdown] is `drain_seconds` in table `[shutdown]`. A new one needs a line in
/// docs/operations.md; a test watches.
public record Config(
    Sip sip,
    Net net,
    Http http,
    @Flat Applications answers,
    Limits limits,
    @Flat Sound sound,
    Shutdown shutdown) {
  public Config {
    Checks.that(
        !sip.tcp() || sip.port() == 0 || sip.port() != http.port(),
        "http.port",
        "must not be sip.port, which is TCP too");
  }

  /// What a start without any file uses.
  public static final Config DEFAULT =
      new Config(
          new Sip(List.of("0.0.0.0", "::"), 5060, true, false),
          new Net(
              List.of(),
              List.of(
                  "127.0.0.0/8",
                  "10.0.0.0/8",
                  "172.16.0.0/12",
                  "192.168.0.0/16",
                  "169.254.0.0/16",
                  "::1/128",
                  "fc00::/7",
                  "fe80::/10")),
          new Http(List.of("0.0.0.0", "::"), 8080, false),
          Applications.DEFAULT,
          new Limits(2_000, 200, 20, 3, true, 180, 720),
          new Sound(
              new Rtp(20_000, 29_999, 64, 5, 0),
              new Media(false, 60, "sounds", List.of("public"), 5, 10, 300, 32),
              new Speech("freetts", "", "", 2, 60, "", "", "")),
          new Shutdown(30));

  /// What is dialled, and the name or the URL of the application that answers.
  public Map<String, String> apps() {
    return answers.apps();
  }

  public Map<String, Applications.Remote> applications() {
    return answers.applications().tables();
  }

  public Applications.Control control() {
    return answers.control();
  }

  public record Sip(
      @Key("Addresses to listen on.") List<String> bind,
      @Key("UDP and TCP port.") int port,
      @Key("Listen on TCP beside UDP.") boolean tcp,
      @Key(
              name = "public",
              value =
                  "Answer everybody. Otherwise only sources within net.local_networks are heard.")
          boolean openToAll) {
    public Sip {
      bind = nonEmpty("bind", bind);
      Checks.port("port", port);
    }
  }

  public record Net(
      @Key(
              "Addresses to name to peers outside local_networks, one of each family at most: what a router forwards to us.")
          List<String> advertised,
      @Key("Networks whose addresses are ours to reach directly.") List<String> localNetworks) {
    public Net {
      advertised = List.copyOf(advertised);
      localNetworks = List.copyOf(localNetworks);
      Checks.addresses("advertised", advertised);
      long ipv6 = advertised.stream().filter(address -> address.contains(":")).count();
      Checks.that(
          ipv6 <= 1 && advertised.size() - ipv6 <= 1,
          "advertised",
          "must hold one address of each family at most");
      Checks.networks("local_networks", localNetworks);
    }
  }

  /// What sounds and how it travels.
  public record Sound(Rtp rtp, Media media, Speech speech) {}

  public Rtp rtp() {
    return sound.rtp();
  }

  public Media media() {
    return sound.media();
  }

  public Speech speech() {
    return sound.speech();
  }

  public record Rtp(
      @Key("The first port for sound, even.") int firstPort,
      @Key("The last port for sound, odd.") int lastPort,
      @Key("Port pairs opened at the start, so that an answer need not wait for one.") int ready,
      @Key("How long a port rests after a call before the next may have it.") int restSeconds,
      @Key("Threads that process sound; 0 chooses by the number of cores.") int workers) {
    public Rtp {
      Checks.within("first_port", firstPort, 1024, 65_534);
      Checks.within("last_port", lastPort, firstPort + 1, 65_535);
      Checks.that(
          firstPort % 2 == 0, "first_port", "must be even: RTCP takes the odd one above it");
      Checks.that(lastPort % 2 == 1, "last_port", "must be odd: RTCP takes it");
      Checks.within("ready", ready, 1, (lastPort - firstPort + 1) / 2);
      Checks.within("rest_seconds", restSeconds, 1, 600);
      Checks.within("workers", workers, 0, 256);
    }
  }

  public record Http(
      @Key("Addresses to listen on.") List<String> bind,
      @Key("TCP port of health, meters and the start page.") int port,
      @Key(
              name = "public",
              value =
                  "Answer everybody. Otherwise only sources within net.local_networks are heard.")
          boolean openToAll) {
    public Http {
      bind = nonEmpty("bind", bind);
      Checks.port("port", port);
    }
  }

  public record Limits(
      @Key("Calls at one time; the next gets 503.") int calls,
      @Key("How late the exchange lane may run before new calls are turned away, milliseconds.")
          int shedLagMillis,
      @Key(
              "Garbage and calls to nobody that one source is forgiven before it gets no answer any more.")
          int offences,
      @Key("Seconds until one of them is forgotten.") int forgiveSeconds,
      @Key("Never silence this machine itself.") boolean exemptLoopback,
      @Key("How long an application may leave a caller waiting for an answer.")
          int unansweredSeconds,
      @Key("How long one call may last.") int callMinutes) {
    public Limits {
      Checks.within("calls", calls, 1, 1_000_000);
      Checks.within("shed_lag_millis", shedLagMillis, 10, 10_000);
      Checks.within("offences", offences, 1, 1_000_000);
      Checks.within("forgive_seconds", forgiveSeconds, 1, 86_400);
      Checks.within("unanswered_seconds", unansweredSeconds, 1, 3_600);
      Checks.within("call_minutes", callMinutes, 1, 100_000);
    }
  }

  public record Media(
      @Key("Listen for keys in the sound itself, for callers that send them no other way.")
          boolean inBandDigits,
      @Key(
              "End a call whose caller has sent no sound for so long and is not on hold; 0 never does.")
          int silentSeconds,
      @Key("Folder of the WAV files that can be played.") String sounds,
      @Key(
              "Where sounds may be fetched from: \"public\" is every address of the Internet, other networks are named. Empty: nowhere.")
          List<String> fetchFrom,
      @Key("How long a sound may take to be fetched.") int fetchSeconds,
      @Key("How large a sound that is fetched may be.") int fetchMegabytes,
      @Key("How long it is kept where its server does not say.") int fetchKeepSeconds,
      @Key("How much of what was spoken is kept, and how much of what was fetched.")
          int cacheMegabytes) {
    /// In [#fetchFrom]: all addresses of the Internet.
    public static final String PUBLIC = "public";

    public Media {
      fetchFrom = List.copyOf(fetchFrom);
      Checks.within("silent_seconds", silentSeconds, 0, 86_400);
      Checks.networks(
          "fetch_from", fetchFrom.stream().filter(network -> !network.equals(PUBLIC)).toList());
      Checks.within("fetch_seconds", fetchSeconds, 1, 60);
      Checks.within("fetch_megabytes", fetchMegabytes, 1, 500);
      Checks.within("fetch_keep_seconds", fetchKeepSeconds, 0, 86_400);
      Checks.within("cache_megabytes", cacheMegabytes, 1, 100_000);
    }
  }

  public record Speech(
      @Key(
              "\"freetts\" (built in, English), \"flite\", \"espeak\" (programs that are installed), \"openai\" (a server that speaks that protocol) or \"none\".")
          String engine,
      @Key("A voice of the engine; empty for its own choice.") String voice,
      @Key("BCP 47 tag such as \"en-US\"; empty for the voice's own.") String language,
      @Key("Threads that render speech.") int threads,
      @Key("How long rendered speech is kept.") int cacheMinutes,
      @Key("Of openai: the URL to post to, such as \"https://api.openai.com/v1/audio/speech\".")
          String url,
      @Key("Of openai: where its key is, \"env:NAME\" or \"file:PATH\"; empty for none.")
          String key,
      @Key("Of openai: the model.") String model) {
    public Speech {
      Checks.that(
          List.of("freetts", "flite", "espeak", "openai", "none").contains(engine),
          "engine",
          "must be \"freetts\", \"flite\", \"espeak\", \"openai\" or \"none\"");
      Checks.within("threads", threads, 1, 64);
      Checks.within("cache_minutes", cacheMinutes, 0, 100_000);
      Checks.reference("key", key);
      if (engine.equals("openai")) {
        Checks.that(
            url.matches("https?://[^\\s/]+(/\\S*)?"), "url", "must be an http or https URL");
        Checks.that(!model.isEmpty(), "model", "must name the model of the server");
      }
    }
  }

  public record Shutdown(
      @Key("How long running calls may go on after Ctrl-C before they get BYE.") int drainSeconds) {
    public Shutdown {
      Checks.within("drain_seconds", drainSeconds, 0, 86_400);
    }
  }

  private static List<String> nonEmpty(String key, List<String> addresses) {
    Checks.that(
        !addresses.isEmpty(), key, "must name at least one address, for example \"127.0.0.1\"");
    Checks.addresses(key, addresses);
    return List.copyOf(addresses);
  }
}
