package io.tipring.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.SessionId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.ErrorCode;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.control.SessionState.Connected;
import io.tipring.core.control.SessionState.Connecting;
import io.tipring.core.control.SessionState.Done;
import io.tipring.core.control.SessionState.Greeted;
import io.tipring.core.control.SessionState.Over;
import io.tipring.core.control.SessionState.Talking;
import io.tipring.core.control.SessionState.Waiting;
import io.tipring.core.journal.Journal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Draws docs/states/control-session.md by walking a [Session] through everything that can happen,
/// once for each policy. With `-Dtipring.regenerate` it is written instead of judged.
class SessionStatesTest {
  private static final CallId CALL = new CallId("call_1");
  private static final long EPOCH = 7;
  private static final long PATIENCE_OVER = Duration.ofMinutes(2).toNanos();
  private static final int ERRORS = 1;

  /// What can happen.
  private enum In {
    OPENED("opened"),
    REFUSED("refused"),
    ASKED("asks"),
    RESUMED("resumes"),
    NONSENSE("nonsense"),
    MORE_NONSENSE("nonsense, too often"),
    BREACH("breaks the rules"),
    STUCK("stops reading"),
    READS("reads on"),
    DONE("closes with 1000"),
    LOST("connection lost"),
    EVENT("event"),
    CALL_ENDED("call ended"),
    HANDED_OVER("handed over"),
    GO_AWAY("exchange stops"),
    TIMER("timer"),
    PATIENCE("patience over");

    private final String label;

    In(String label) {
      this.label = label;
    }
  }

  private record Arrow(String from, String in, String to, String out) {}

  private final Map<Arrow, Set<LossPolicy>> arrows = new LinkedHashMap<>();

  @Test
  void theDrawingSaysWhatTheMachineDoes() throws IOException {
    for (LossPolicy policy : LossPolicy.values()) {
      walk(policy);
    }
    Path file = root().resolve("docs/states/control-session.md");
    if (System.getProperty("tipring.regenerate") != null) {
      Files.writeString(file, markdown());
    }
    assertThat(Files.readString(file))
        .as("mvn -q -pl core -am test -Dtest=SessionStatesTest -Dtipring.regenerate mends it")
        .isEqualTo(markdown());
  }

  private void walk(LossPolicy policy) {
    Queue<List<In>> todo = new ArrayDeque<>();
    Set<String> done = new LinkedHashSet<>();
    Walk begun = new Walk(policy, List.of());
    draw("(begin)", "begin", begun, policy);
    todo.add(List.of());
    for (List<In> path = todo.poll(); path != null; path = todo.poll()) {
      String from = new Walk(policy, path).name();
      if (!done.add(from)) {
        continue;
      }
      for (In in : In.values()) {
        if (new Walk(policy, path).can(in)) {
          List<In> longer = new ArrayList<>(path);
          longer.add(in);
          Walk after = new Walk(policy, longer);
          draw(from, in.label, after, policy);
          todo.add(longer);
        }
      }
    }
  }

  private void draw(String from, String in, Walk after, LossPolicy policy) {
    Arrow byTimer = new Arrow(from, In.TIMER.label, after.name(), after.text());
    boolean known =
        in.equals(In.PATIENCE.label) && arrows.getOrDefault(byTimer, Set.of()).contains(policy);
    if (!known && (!from.equals(after.name()) || !after.text().isEmpty())) {
      arrows
          .computeIfAbsent(
              new Arrow(from, in, after.name(), after.text()), _ -> new LinkedHashSet<>())
          .add(policy);
    }
  }

  private String markdown() {
    Map<String, Set<String>> lines = new LinkedHashMap<>();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    arrows.forEach((arrow, policies) -> {
      boolean stays = arrow.from().equals(arrow.to());
      if (!state(arrow.from()).equals(state(arrow.to()))) {
        String line = state(arrow.from()) + " --> " + state(arrow.to());
        lines.computeIfAbsent(line, _ -> new LinkedHashSet<>()).add(arrow.in());
      }
      rows.computeIfAbsent(arrow.from(), _ -> new ArrayList<>())
          .add(
              "| %s | %s%s | %s | %s |%n"
                  .formatted(
                      arrow.from(),
                      arrow.in(),
                      policies.size() == LossPolicy.values().length ? "" : " " + policies,
                      stays ? "" : arrow.to(),
                      arrow.out()));
    });
    StringBuilder text =
        new StringBuilder(
            """
            # A control session

            One call and its remote application. Drawn by a test that walks the machine; what is not here changes nothing and says nothing.

            *Waiting* is between two attempts at a connection. In the table, *met*: the application was greeted once; *again*: it has said something before; *held*: nothing is sent before it
            says from where; *stuck*: it does not read; *leaving*: the call is over or another's, and the application is to hear the rest. Policies in brackets where they differ.

            ```mermaid
            stateDiagram-v2
            """);
    lines.forEach((line, ins) ->
        text.append("  ").append(line).append(" : ").append(String.join(", ", ins)).append('\n'));
    text.append("```\n\n| state | in | next | out |\n|---|---|---|---|\n");
    rows.values().forEach(of -> of.forEach(text::append));
    return text.toString();
  }

  /// Its name without what distinguishes it further.
  private static String state(String name) {
    return name.equals("(begin)") ? "[*]" : name.split("[ ,]", 2)[0];
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs/states"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /// A session that was led along a path.
  private static final class Walk {
    private final Session session;
    private List<SessionEffect> out;
    private long now;
    private long seq;
    private long asked;
    private boolean met;
    private boolean answered;
    private boolean leaving;

    Walk(LossPolicy policy, List<In> path) {
      session =
          new Session(
              new SessionId("sess_1"),
              new RemoteSettings(
                  "menu",
                  URI.create("ws://127.0.0.1/"),
                  policy,
                  policy == LossPolicy.FALLBACK ? Optional.of("spare") : Optional.empty(),
                  RemoteSettings.Patience.STANDARD,
                  new RemoteSettings.Limits(65_536, 32, 1_000, ERRORS)),
              StartReason.CALL,
              new CallSnapshot(
                  CALL,
                  Event.Direction.INBOUND,
                  "alice",
                  "menu",
                  Event.CallState.OFFERED,
                  List.of(),
                  List.of()),
              new Cursor(EPOCH, 0),
              new SplittableRandom(1)::nextBytes);
      out = session.on(new SessionInput.Begin(), now);
      path.forEach(this::go);
    }

    private void go(In in) {
      now += in == In.PATIENCE ? PATIENCE_OVER : 1;
      if (in == In.TIMER) {
        now = session.wakeAtNanos();
      }
      out = new ArrayList<>(session.on(input(in), now));
      if (in == In.MORE_NONSENSE) {
        out.addAll(session.on(input(in), now));
      }
      met |= in == In.OPENED;
      answered |= session.state() instanceof Talking;
      leaving |= in == In.CALL_ENDED || in == In.HANDED_OVER;
    }

    private SessionInput input(In in) {
      return switch (in) {
        case OPENED -> link(new LinkEvent.Opened());
        case REFUSED -> link(new LinkEvent.Refused("refused"));
        case ASKED ->
            link(
                new LinkEvent.Received(
                    new FromApplication.Ask(
                        new OperationId("a" + ++asked), new Operation.Answer())));
        case RESUMED ->
            link(
                new LinkEvent.Received(
                    new FromApplication.Resume(new OperationId("r"), new Cursor(EPOCH, seq))));
        case NONSENSE, MORE_NONSENSE ->
            link(
                new LinkEvent.Misunderstood(
                    new ToApplication.Error(ErrorCode.NOT_JSON, "no JSON", "send JSON"),
                    Optional.empty()));
        case BREACH -> link(new LinkEvent.Violated(CloseReason.BINARY));
        case STUCK -> link(new LinkEvent.Writable(false));
        case READS -> link(new LinkEvent.Writable(true));
        case DONE -> link(new LinkEvent.Closed(1000));
        case LOST -> link(new LinkEvent.Closed(1006));
        case EVENT -> happened(new Event.CallChanged(CALL, Event.CallState.RINGING));
        case CALL_ENDED -> happened(new Event.CallEnded(CALL, EndReason.CALLER_HUNG_UP));
        case HANDED_OVER -> new SessionInput.HandedOver();
        case GO_AWAY -> new SessionInput.GoAway();
        case TIMER, PATIENCE -> new SessionInput.Woken();
      };
    }

    private static SessionInput link(LinkEvent event) {
      return new SessionInput.FromLink(event);
    }

    private SessionInput happened(Event event) {
      return new SessionInput.Happened(
          new Journal.Entry(CALL, new Cursor(EPOCH, ++seq), now, 0, event));
    }

    /// Links say only what links can say; a call ends, and is handed over, once.
    boolean can(In in) {
      SessionState state = session.state();
      return switch (in) {
        case OPENED, REFUSED -> state instanceof Connecting;
        case ASKED, RESUMED, NONSENSE, MORE_NONSENSE, BREACH, STUCK, DONE, LOST ->
            state instanceof Connected;
        case READS -> state instanceof Connected at && stuck(at);
        case EVENT, CALL_ENDED, HANDED_OVER -> !leaving && !session.over();
        case GO_AWAY -> true;
        case TIMER, PATIENCE -> session.wakeAtNanos() != Long.MAX_VALUE;
      };
    }

    private static boolean stuck(Connected at) {
      return at.flow().stuckUntilNanos() != Long.MAX_VALUE;
    }

    String name() {
      String name =
          switch (session.state()) {
            case Connecting _ -> "Connecting" + past();
            case Waiting _ -> "Waiting" + past();
            case Greeted(var flow, _) -> (answered ? "Greeted again" : "Greeted") + held(flow);
            case Talking _ -> "Talking";
            case Done _ -> "Done";
            case Over _ -> "Over";
          };
      boolean stuck = session.state() instanceof Connected at && stuck(at);
      return name + (stuck ? ", stuck" : "") + (leaving && !session.over() ? ", leaving" : "");
    }

    private String past() {
      return answered ? " again" : met ? ", met" : "";
    }

    private static String held(SessionState.Flow flow) {
      return flow.held() ? ", held" : "";
    }

    String text() {
      List<String> words = new ArrayList<>();
      for (SessionEffect effect : out) {
        String word = text(effect);
        if (!word.isEmpty() && !words.contains(word)) {
          words.add(word);
        }
      }
      return String.join(", ", words);
    }

    private static String text(SessionEffect effect) {
      return switch (effect) {
        case SessionEffect.Connect _ -> "connect";
        case SessionEffect.Tell(ToApplication.SessionEnded(_, CloseReason why), _) ->
            "*session.ended* " + why;
        case SessionEffect.Tell(ToApplication.SessionStarted started, _) ->
            "*session.started* " + started.reason();
        case SessionEffect.Tell(ToApplication.Error error, _) -> "*error* " + error.code();
        case SessionEffect.Tell(ToApplication.Dropped _, _) -> "*dropped*";
        case SessionEffect.Tell(ToApplication.Rewound _, _) -> "*rewound*";
        case SessionEffect.Tell(ToApplication.Happened _, _) -> "events";
        case SessionEffect.Pass _ -> "events";
        case SessionEffect.Close(CloseReason why) -> "close " + why;
        case SessionEffect.Ask _ -> "ask the call";
        case SessionEffect.FallBack _ -> "fall back";
        case SessionEffect.Terminate(EndReason reason) -> "end the call " + reason;
        case SessionEffect.Note _ -> "";
      };
    }
  }
}
