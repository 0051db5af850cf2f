package io.tipring.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tipring.conformance.peer.Example;
import io.tipring.conformance.peer.Example.Language;
import io.tipring.conformance.peer.Needs;
import io.tipring.conformance.peer.Peer;
import io.tipring.conformance.peer.Ports;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The examples are copied by whoever writes an application: the JDK's WebSocket client, written by
/// others than they were, must find nothing wrong with them.
@Needs(Peer.NODE)
class ExamplesTest {
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
  private static Map<Language, Example> examples = Map.of();

  @BeforeAll
  static void start() {
    examples =
        Map.of(
            Language.JAVA,
            Example.start(Language.JAVA),
            Language.NODE,
            Example.start(Language.NODE));
  }

  @AfterAll
  static void stop() {
    examples.values().forEach(Example::close);
  }

  private static JdkClient call(Language language) throws JdkClient.Refused {
    return JdkClient.connect(URI.create(examples.get(language).url()), Map.of());
  }

  private static String started(String reason, String state) {
    return """
    {"id":"s1","type":"session.started","time":"2026-11-21T12:00:48.120Z","call":"call_1","new":[1,-2.5e3,true,null,{}],
     "data":{"session":"sess_1","reason":"%s","call":{"call":"call_1","direction":"inbound","from":"al\\u00efce \\"A\\" \\/","to":"ivr",
     "state":"%s","legs":[],"operations":[]},"at":"7:2","answer_within":5000,"bounds":{}}}\
    """
        .formatted(reason, state);
  }

  private static String gathered(JsonNode operation, String digits, String reason) {
    return end(
        operation.path("id").asText(),
        "operation.succeeded",
        "\"outcome\":{\"type\":\"gathered\",\"ivr\":\"ivr_1\",\"digits\":\"%s\",\"reason\":\"%s\"}"
            .formatted(digits, reason));
  }

  private static String played(JsonNode operation) {
    return end(
        operation.path("id").asText(),
        "operation.succeeded",
        "\"outcome\":{\"type\":\"played\",\"played\":20}");
  }

  private static String end(String operation, String type, String data) {
    return "{\"id\":\"e\",\"type\":\"%s\",\"call\":\"call_1\",\"seq\":\"7:3\",\"ref\":\"%s\",\"data\":{\"operation\":\"%s\",%s}}"
        .formatted(type, operation, operation, data);
  }

  private static String text(JsonNode operation) {
    return operation.path("type").asText().equals("gather")
        ? operation.path("data").path("prompt").path(0).path("text").asText()
        : operation.path("data").path("text").asText();
  }

  @ParameterizedTest
  @EnumSource
  void theMenuLeadsWhereItSays(Language language) throws Exception {
    try (JdkClient caller = call(language)) {
      caller.send(started("call", "offered"));
      assertThat(caller.next().path("type").asText()).isEqualTo("answer");
      JsonNode menu = caller.next();
      assertThat(text(menu)).startsWith("Welcome. ").contains("press 1", "press 2", "press 3");
      caller.send(gathered(menu, "9", "max_digits"));
      JsonNode again = caller.next();
      assertThat(text(again)).startsWith("That is not on the menu. ");
      caller.send(gathered(again, "3", "max_digits"));
      JsonNode four = caller.next();
      assertThat(four.at("/data/digits/min").asInt()).isEqualTo(4);
      assertThat(four.at("/data/digits/max").asInt()).isEqualTo(4);
      caller.send(gathered(four, "4217", "max_digits"));
      JsonNode back = caller.next();
      assertThat(text(back)).isEqualTo("You typed 4, 2, 1, 7.");
      caller.send(played(back));
      JsonNode third = caller.next();
      caller.send(gathered(third, "2", "max_digits"));
      caller.send(played(caller.next()));
      JsonNode echo = caller.next();
      assertThat(echo.path("type").asText()).isEqualTo("echo");
      JsonNode key = caller.next();
      caller.send(end(echo.path("id").asText(), "operation.cancelled", "\"reason\":\"barged_in\""));
      caller.send(gathered(key, "5", "max_digits"));
      assertThat(text(caller.next())).isEqualTo("That was you.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void silenceIsPromptedTwiceAgainThenSaidGoodbyeTo(Language language) throws Exception {
    try (JdkClient caller = call(language)) {
      caller.send(started("call", "offered"));
      caller.next();
      for (int silences = 0; silences < 3; silences++) {
        JsonNode menu = caller.next();
        assertThat(menu.path("type").asText()).isEqualTo("gather");
        caller.send(gathered(menu, "", "no_input"));
      }
      JsonNode goodbye = caller.next();
      assertThat(text(goodbye)).isEqualTo("Goodbye.");
      caller.send(played(goodbye));
      assertThat(caller.next().path("type").asText()).isEqualTo("hang_up");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatKnowsNothingAsksForAllThatWasAndSaysTheSameAgain(Language language) throws Exception {
    try (JdkClient caller = call(language)) {
      caller.send(started("resumed", "answered"));
      JsonNode resume = caller.next();
      assertThat(resume.path("type").asText()).isEqualTo("resume");
      assertThat(resume.at("/data/after").asText()).isEqualTo("0:0");
      JsonNode menu = caller.next();
      caller.send(
          "{\"id\":\"x\",\"type\":\"error\",\"call\":\"call_1\",\"ref\":\"%s\",\"data\":{\"code\":\"duplicate_id\"}}"
              .formatted(menu.path("id").asText()));
      // All at once, as a tail comes: some ends are there before they are waited for.
      caller.send(gathered(menu, "3", "max_digits"));
      caller.send(
          end(
              "gather-2",
              "operation.succeeded",
              "\"outcome\":{\"digits\":\"4217\",\"reason\":\"max_digits\"}"));
      assertThat(caller.next().path("id").asText()).isEqualTo("gather-2");
      assertThat(text(caller.next())).isEqualTo("You typed 4, 2, 1, 7.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatMissedTooMuchBeginsAgainUnderNewIds(Language language) throws Exception {
    try (JdkClient caller = call(language)) {
      caller.send(started("resumed", "answered"));
      caller.next();
      JsonNode before = caller.next();
      caller.send(
          "{\"id\":\"d\",\"type\":\"dropped\",\"call\":\"call_1\",\"data\":{\"events\":7}}");
      JsonNode after = caller.next();
      assertThat(text(after)).isEqualTo(text(before));
      assertThat(after.path("id").asText()).isNotEqualTo(before.path("id").asText());
      assertThat(after.at("/data/replace").asBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesInPiecesAndPingsBetweenThemAreUnderstood(Language language) throws Exception {
    try (JdkClient caller = call(language)) {
      String message = started("call", "offered");
      WebSocket socket = caller.socket();
      for (int i = 0; i < message.length(); i += 50) {
        boolean last = i + 50 >= message.length();
        socket.sendText(message.substring(i, last ? message.length() : i + 50), last).join();
        socket.sendPing(ByteBuffer.wrap(("p" + i).getBytes(StandardCharsets.UTF_8))).join();
        assertThat(JdkClient.taken(caller.pongs)).isEqualTo("p" + i);
      }
      assertThat(caller.next().path("type").asText()).isEqualTo("answer");
      // Lengths of two and of eight bytes.
      caller.send("{\"id\":\"u\",\"type\":\"unheard_of\",\"data\":\"" + "ä".repeat(100) + "\"}");
      caller.send("{\"id\":\"u\",\"type\":\"unheard_of\",\"data\":\"" + "ä".repeat(50_000) + "\"}");
      JsonNode menu = caller.next();
      caller.send(gathered(menu, "1", "max_digits"));
      assertThat(text(caller.next())).matches("It is 1?[0-9]:[0-5][0-9].[AP]M\\.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingIsAnsweredAndBinaryIsRefused(Language language) throws Exception {
    try (JdkClient caller = call(language)) {
      caller.send(started("call", "offered"));
      caller.next();
      caller.socket().sendClose(1000, "").join();
      assertThat(caller.closeCode()).isEqualTo(1000);
    }
    try (JdkClient caller = call(language)) {
      caller.send(started("call", "offered"));
      caller.next();
      caller.socket().sendBinary(ByteBuffer.wrap(new byte[10]), true).join();
      assertThat(caller.closeCode()).isEqualTo(1003);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withASecretOnlySignedRequestsAreServed(Language language) throws Exception {
    try (Example example = Example.start(language, Ports.free(), Map.of("SECRET", SECRET))) {
      URI url = URI.create(example.url());
      long now = Instant.now().getEpochSecond();
      for (Map<String, String> wrong :
          List.of(
              Map.<String, String>of(),
              signature(now, "/ivr?line=3"),
              signature(now - 400, "/ivr?line=2"))) {
        assertThat(
                catchThrowableOfType(
                        JdkClient.Refused.class, () -> JdkClient.connect(url, wrong).close())
                    .status)
            .isEqualTo(401);
      }
      try (JdkClient caller = JdkClient.connect(url, signature(now, "/ivr?line=2"))) {
        caller.send(started("call", "offered"));
        assertThat(caller.next().path("type").asText()).isEqualTo("answer");
      }
    }
  }

  private static Map<String, String> signature(long seconds, String target)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[24], "HmacSHA256"));
    byte[] signed = ("conn_1." + seconds + "." + target).getBytes(StandardCharsets.UTF_8);
    return Map.of(
        "webhook-id",
        "conn_1",
        "webhook-timestamp",
        Long.toString(seconds),
        "webhook-signature",
        "v1,AAAA v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed)));
  }
}
