package io.tipring.app.config;

import io.tipring.app.builtin.Builtin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Who answers: what comes with the exchange, and programs in other processes.
public record Applications(
    @Key(
            "What is dialled = the application that answers: one that comes with Tipring, one of [applications], or a URL. Everything else gets 404.")
        Map<String, String> apps,
    @Key(
            "Applications in other processes, each in a table of its own. An entry of [apps] that is a URL needs none.")
        Named<Remote> applications,
    Control control) {
  private static final String URL = "(?i)(ws|http)s?://[^\\s/?#@]+([/?][^\\s#]*)?";

  public Applications {
    apps = Collections.unmodifiableMap(new LinkedHashMap<>(apps));
    for (Map.Entry<String, Remote> remote : applications.tables().entrySet()) {
      requireFit("applications." + remote.getKey(), remote.getKey(), remote.getValue());
    }
    List<String> known = names(applications);
    for (Map.Entry<String, Remote> remote : applications.tables().entrySet()) {
      String fallback = remote.getValue().fallback();
      if (!fallback.isEmpty()) {
        requireKnown("applications." + remote.getKey() + ".fallback", fallback, known, "");
        requireEnd(remote.getKey(), applications.tables());
      }
    }
    for (Map.Entry<String, String> app : apps.entrySet()) {
      if (!isUrl(app.getValue())) {
        requireKnown(
            "apps." + app.getKey(),
            app.getValue(),
            known,
            ", or a URL such as ws://127.0.0.1:9000/");
      }
    }
  }

  static final Applications DEFAULT =
      new Applications(
          builtins(),
          new Named<>(new Remote("", "keep", "", "", "", List.of()), Map.of()),
          new Control(
              new Patience(1_500, 4, 5, 2, 60, 30, 10),
              new Bounds(64, 32, 1_000, 100),
              new Connections(20, 10, 2)));

  private static Map<String, String> builtins() {
    SequencedMap<String, String> apps = new LinkedHashMap<>();
    apps.put("ivr", "ivr");
    apps.put("echo", "echo");
    apps.put("tone", "tone");
    apps.put("digits", "digits");
    return apps;
  }

  /// Whether `app` is where an application is, rather than its name.
  public static boolean isUrl(String app) {
    try {
      return app.matches(URL) && new URI(app).isAbsolute();
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static List<String> names(Named<Remote> applications) {
    List<String> names = new ArrayList<>(Builtin.ALL.stream().map(Builtin::name).toList());
    names.addAll(applications.tables().keySet());
    return names;
  }

  private static void requireFit(String key, String name, Remote remote) {
    Checks.that(
        Builtin.named(name).isEmpty(),
        key,
        "is the name of an application that comes with Tipring");
    Checks.that(
        isUrl(remote.url()),
        key + ".url",
        "must be a ws, wss, http or https URL without user, password and fragment, not \""
            + remote.url()
            + "\"");
    Checks.that(
        !remote.onLoss().equals("fallback") || !remote.fallback().isEmpty(),
        key + ".fallback",
        "must name an application, since on_loss = \"fallback\"");
  }

  private static void requireKnown(String key, String name, List<String> known, String other) {
    Checks.that(
        known.contains(name),
        key,
        "there is no application \""
            + name
            + "\""
            + Names.nearest(name, known)
                .map(nearest -> ", did you mean \"" + nearest + "\"?")
                .orElse(", known are " + String.join(", ", known) + other));
  }

  /// Falling back must come to an end.
  private static void requireEnd(String first, Map<String, Remote> remotes) {
    List<String> way = new ArrayList<>(List.of(first));
    for (Remote at = remotes.get(first); at != null && !at.fallback().isEmpty(); ) {
      boolean again = way.contains(at.fallback());
      way.add(at.fallback());
      Checks.that(
          !again,
          "applications." + first + ".fallback",
          "leads in a circle: " + String.join(" -> ", way));
      at = remotes.get(at.fallback());
    }
  }

  public record Remote(
      @Key("Where it is: a ws, wss, http or https URL.") String url,
      @Key(
              "What becomes of its calls while it is away: they \"keep\" waiting for it, \"fallback\" to another application, or \"hang_up\".")
          String onLoss,
      @Key(
              "The application that takes over, also when this one is never reached or says nothing; empty for none.")
          String fallback,
      @Key(
              "PEM file of the authorities that may have signed its certificate; empty for those of the JDK.")
          String ca,
      @Key("Where the token for Authorization: Bearer is, env:NAME or file:PATH; empty for none.")
          String token,
      @Key("Where the secrets are that requests are signed with, each env:NAME or file:PATH.")
          List<String> secrets) {
    public Remote {
      secrets = List.copyOf(secrets);
      Checks.that(
          List.of("keep", "fallback", "hang_up").contains(onLoss),
          "on_loss",
          "must be \"keep\", \"fallback\" or \"hang_up\", not \"" + onLoss + "\"");
      Checks.reference("token", token);
      secrets.forEach(secret -> {
        Checks.that(!secret.isEmpty(), "secrets", "must hold \"env:NAME\" or \"file:PATH\"");
        Checks.reference("secrets", secret);
      });
    }
  }

  /// Table `[control]`.
  public record Control(
      @Flat Patience patience, @Flat Bounds bounds, @Flat Connections connections) {}

  public record Patience(
      @Key("How long one attempt at a connection with an application may take, milliseconds.")
          int handshakeMillis,
      @Key("How long the first connection may take, however many attempts.") int reachSeconds,
      @Key("By when an application must have asked for something.") int firstAnswerSeconds,
      @Key(
              "How long one that was lost is looked for before its fallback takes over or its calls end.")
          int lostSeconds,
      @Key("The same with on_loss = \"keep\".") int keepSeconds,
      @Key("How long one that reads nothing is waited for.") int slowSeconds,
      @Key("How long the last events of a call are kept for one that is away.")
          int goodbyeSeconds) {
    public Patience {
      Checks.within("handshake_millis", handshakeMillis, 10, 60_000);
      Checks.within("reach_seconds", reachSeconds, 1, 180);
      Checks.within("first_answer_seconds", firstAnswerSeconds, 1, 180);
      Checks.within("lost_seconds", lostSeconds, 1, 3_600);
      Checks.within("keep_seconds", keepSeconds, 1, 86_400);
      Checks.within("slow_seconds", slowSeconds, 1, 3_600);
      Checks.within("goodbye_seconds", goodbyeSeconds, 1, 600);
    }
  }

  public record Bounds(
      @Key("The longest message of an application.") int messageKilobytes,
      @Key("Operations in progress per call.") int operations,
      @Key("Events per call that are kept for an application that does not read or is away.")
          int tail,
      @Key("Messages in a row that cannot be understood; the next one ends the session.")
          int errors) {
    public Bounds {
      Checks.within("message_kilobytes", messageKilobytes, 1, 16_384);
      Checks.within("operations", operations, 1, 1_000);
      Checks.within("tail", tail, 10, 100_000);
      Checks.within("errors", errors, 0, 1_000_000);
    }
  }

  public record Connections(
      @Key("An application that says nothing for so long is asked whether it is there.")
          int pingSeconds,
      @Key("How long it may take to answer that.") int pongSeconds,
      @Key("Threads for connections with applications.") int threads) {
    public Connections {
      Checks.within("ping_seconds", pingSeconds, 1, 3_600);
      Checks.within("pong_seconds", pongSeconds, 1, 600);
      Checks.within("threads", threads, 1, 64);
    }
  }
}
