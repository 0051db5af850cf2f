package io.tipring.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tipring.conformance.application.RudeApplication.Connection;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.RefereeReport;
import io.tipring.conformance.peer.Sipp;
import io.tipring.conformance.peer.Tipring;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// An application that breaks every rule, over a real WebSocket: it is told what is wrong, and
/// callers of other applications notice nothing.
@Tag("long")
@Needs(Peer.SIPP)
class RudeApplicationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// The pool of the JDK has a single thread on a small machine, and one of these waits for others.
  private static final ExecutorService CALLERS = Executors.newVirtualThreadPerTaskExecutor();

  private static RudeApplication application;
  private static Tipring tipring;
  private Connection connection;
  private CompletableFuture<Sipp.Result> caller;
  private String session = "";

  @BeforeAll
  static void start() {
    application = new RudeApplication();
    tipring =
        Tipring.start(
            "256m",
            "apps.rude=rude",
            "applications.rude.url=" + application.url(),
            "applications.rude.on_loss=keep",
            "control.slow_seconds=1",
            "media.silent_seconds=0", // its caller is SIPp, which says nothing
            "control.ping_seconds=600", // it does not answer while a test does something else
            "control.first_answer_seconds=60");
  }

  @AfterAll
  static void stop() {
    tipring.close();
    application.close();
    CALLERS.shutdownNow();
  }

  /// A caller for it, who stays until the application hangs up.
  @BeforeEach
  void call() {
    caller =
        calling(
            Sipp.call("caller-is-hung-up-on", "rude", tipring.sipPort())
                .times(1, 1, PATIENCE)); // how long SIPp waits for us
    session = "";
    JsonNode started = connected("call");
    session = started.path("session").asText();
    connection.ask("answer", "answer", "{}");
    JsonNode end = connection.about("answer");
    while (!end.path("type").asText().equals("operation.succeeded")) {
      end = connection.about("answer");
    }
  }

  private static CompletableFuture<Sipp.Result> calling(Sipp sipp) {
    return CompletableFuture.supplyAsync(sipp::run, CALLERS);
  }

  @AfterEach
  void hangUp() throws Exception {
    connection.ask("bye", "hang_up", "{}");
    assertThat(connection.awaited("call.ended").at("/data/reason").asText())
        .as(() -> tipring.process().tail(20))
        .isEqualTo("app_hung_up");
    connection.awaited("session.ended");
    connection.close();
    Sipp.Result result = caller.join();
    assertThat(result.passed()).as(() -> result.story() + tipring.process().tail(20)).isTrue();
  }

  /// The next connection for that reason; of another test's call there may be some too.
  private JsonNode connected(String reason) {
    while (true) {
      connection = application.next();
      JsonNode started = connection.awaited("session.started").path("data");
      if (started.path("reason").asText().equals(reason)
          && (session.isEmpty() || started.path("session").asText().equals(session))) {
        return started;
      }
    }
  }

  private JsonNode error(String message) {
    connection.text(message);
    return connection.awaited("error").path("data");
  }

  @Test
  void whatIsNoMessageIsAnsweredWithWhatIsWrong() {
    assertThat(error("{\"id\":\"a\",\"type\":\"say\",\"data\":{\"te").path("code").asText())
        .isEqualTo("not_json");
    assertThat(error("").path("code").asText()).isEqualTo("not_json");
    assertThat(error("[1,2]").path("code").asText()).isEqualTo("not_an_envelope");
    assertThat(error("{\"id\":\"a\",\"type\":\"say\",\"data\":{}}").path("code").asText())
        .isEqualTo("missing_member");
    assertThat(error("{\"id\":\"a\",\"type\":\"say\",\"data\":{\"text\":7}}").path("code").asText())
        .isEqualTo("bad_member");
    assertThat(error("{\"id\":\"a b\",\"type\":\"answer\"}").path("code").asText())
        .isEqualTo("bad_id");
    String deep =
        "{\"id\":\"a\",\"type\":\"say\",\"data\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";
    assertThat(error(deep).path("code").asText()).isEqualTo("too_deep");
    assertThat(
            error("{\"id\":\"a\",\"type\":\"resume\",\"data\":{\"after\":\"x\"}}")
                .path("code")
                .asText())
        .isEqualTo("bad_cursor");
    assertThat(
            error("{\"id\":\"a\",\"type\":\"resume\",\"data\":{\"after\":\"1:1\"}}")
                .path("code")
                .asText())
        .isEqualTo("not_now");
  }

  @Test
  void anIdThatWasUsedDoesNothingTwice() {
    connection.ask("twice", "pause", "{\"duration\":10}");
    connection.ask("twice", "hang_up", "{}");
    assertThat(connection.awaited("error").at("/data/code").asText()).isEqualTo("duplicate_id");
    connection.ask("three", "pause", "{\"duration\":10}");
    assertThat(connection.about("three").path("type").asText()).isEqualTo("operation.accepted");
  }

  @Test
  void whatComesOutOfOrderIsRefused() {
    String cancel = connection.ask("cancel", "{\"ref\":\"nothing\"}");
    assertThat(connection.about(cancel).at("/data/refusal").asText())
        .isEqualTo("unknown_operation");
    String answer = connection.ask("answer", "{}");
    assertThat(connection.about(answer).at("/data/refusal").asText()).isEqualTo("wrong_state");
    String leg = connection.ask("echo", "{\"leg\":\"leg_9\"}");
    assertThat(connection.about(leg).at("/data/refusal").asText()).isEqualTo("unknown_leg");
    String redirect = connection.ask("redirect", "{\"application\":\"ws://127.0.0.1:1/\"}");
    assertThat(connection.about(redirect).at("/data/refusal").asText())
        .isEqualTo("unknown_application");
    connection.ask("unheard", "unheard_of", "{}");
    String after = connection.ask("pause", "{\"duration\":1}");
    assertThat(connection.about(after).path("type").asText()).isEqualTo("operation.accepted");
  }

  @Test
  void ofThousandOperationsAtOnceSoManyAreTakenAsTheBoundsSay() {
    for (int i = 0; i < 1_000; i++) {
      connection.ask("many-" + i, "pause", "{\"duration\":600000}");
    }
    connection.ask("last", "cancel", "{\"ref\":\"nothing\"}");
    Set<String> accepted = new LinkedHashSet<>();
    Set<String> refused = new LinkedHashSet<>();
    while (accepted.size() + refused.size() < 1_001) {
      JsonNode message = connection.next();
      switch (message.path("type").asText()) {
        case "operation.accepted" -> accepted.add(message.path("ref").asText());
        case "operation.failed" -> refused.add(message.path("ref").asText());
        default -> {}
      }
    }
    assertThat(accepted).hasSize(32).contains("many-0", "many-31");
    assertThat(refused).hasSize(969);
  }

  @Test
  void aMessageThatIsTooLongEndsTheConnectionAndNotTheCall() {
    connection.text(
        "{\"id\":\"a\",\"type\":\"say\",\"data\":{\"text\":\"" + "x".repeat(70_000) + "\"}}");
    assertThat(connection.closeCode()).isEqualTo(1009);
    isThereAgain();
  }

  @Test
  void binaryEndsTheConnectionAndNotTheCall() {
    connection.frame(RudeApplication.BINARY, new byte[100]);
    assertThat(connection.closeCode()).isEqualTo(1003);
    isThereAgain();
  }

  @Test
  void whatIsNoWebSocketEndsTheConnectionAndNotTheCall() {
    connection.bytes("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(connection.closeCode()).isEqualTo(1002);
    isThereAgain();
  }

  /// Meanwhile others call: their packets come as on any day.
  @Test
  void oneThatNeverReadsIsClosedAndNobodyElseNotices(RefereeReport.Figures report) {
    CompletableFuture<Sipp.Result> others =
        calling(
            Sipp.call("caller-talks-and-hangs-up", "echo", tipring.sipPort())
                .times(20, 4, Duration.ofSeconds(1)));
    // Buffers hold some megabytes; after that it is not heard either, until it is closed.
    assertThatCode(
            () -> {
              for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
                connection.ask("cancel", "{\"ref\":\"nothing\"}");
              }
            })
        .isInstanceOf(UncheckedIOException.class);
    assertThat(tipring.meters().get("tipring_links_total{what=\"stalls\"}")).isPositive();
    isThereAgain();
    Sipp.Result result = others.join();
    assertThat(result.passed()).as(result::story).isTrue();
    report.line(
        "an application that never reads was closed, %.0f calls beside it went well, heap %.0f MB"
            .formatted(
                result.statistics().total("SuccessfulCall(C)"),
                tipring.meters().get("tipring_heap_used_bytes") / 1e6));
  }

  /// The exchange connects anew, and the call is where it was.
  private void isThereAgain() {
    JsonNode started = connected("resumed");
    assertThat(started.at("/call/state").asText()).isEqualTo("answered");
    connection.text(
        "{\"id\":\"r\",\"type\":\"resume\",\"data\":{\"after\":\"%s\"}}"
            .formatted(started.path("at").asText()));
  }
}
