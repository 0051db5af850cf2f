package io.tipring.edge.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tipring.edge.speech.SpeechSynthesizer.Voice;
import io.tipring.media.clip.Waveform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiSpeechTest {
  private static final Voice USUAL = new Voice("", "");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aServerIsAskedInOpenAisWay() throws Exception {
    answers(200, "audio/pcm", new byte[48_000]);
    Waveform second = speech(PATIENCE).render("say \"hi\" \\", USUAL);
    assertThat(second.millis()).isEqualTo(1_000);
    assertThat(second.sampleHz()).isEqualTo(24_000);
    assertThat(asked)
        .containsExactly(
            "Bearer s3cret",
            "{\"model\":\"m\",\"voice\":\"alloy\",\"response_format\":\"pcm\",\"input\":\"say \\\"hi\\\" \\\\\"}");
  }

  @ParameterizedTest
  @CsvSource({"401, key s3cret is wrong", "429, s3cret has no money", "500, oops", "503, <html>"})
  void whatAServerRefusesItsAnswerSaysShortlyAndWithoutTheKey(int status, String body) {
    answers(
        status, "text/plain", (body + "\n" + "x".repeat(10_000)).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> speech(PATIENCE).render("hello", USUAL))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("answered " + status)
        .hasMessageContaining(body.replace("s3cret", "***"))
        .hasMessageNotContaining("s3cret")
        .extracting(Throwable::getMessage)
        .asString()
        .hasSizeLessThan(300)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json; charset=utf-8", "audio/mpeg"})
  void whatIsNoPcmIsNotPlayedAsNoise(String type) {
    answers(200, type, new byte[48_000]);
    assertThatThrownBy(() -> speech(PATIENCE).render("hello", USUAL))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/pcm", "audio/L16;rate=24000", "application/octet-stream"})
  void rawPcmHasManyNames(String type) throws Exception {
    answers(200, type, new byte[4_801]);
    assertThat(speech(PATIENCE).render("hello", USUAL).millis()).isEqualTo(100);
  }

  @Test
  void speechWithoutEndIsRefused() {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = new byte[1 << 20];
          while (true) {
            exchange.getResponseBody().write(piece); // until the other side closes
          }
        });
    assertThatThrownBy(() -> speech(PATIENCE).render("hello", USUAL))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("cannot be used");
  }

  @Test
  void oneThatIsSilentOrNotThereIsGivenUp() {
    server.createContext("/", _ -> await());
    assertThatThrownBy(() -> speech(Duration.ofMillis(300)).render("hello", USUAL))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("timed out");
    server.stop(0);
    assertThatThrownBy(() -> speech(PATIENCE).render("hello", USUAL))
        .isInstanceOf(SpeechException.class)
        .hasMessageContaining("cannot be used");
  }

  private void answers(int status, String type, byte[] body) {
    server.createContext("/", exchange -> answer(exchange, status, type, body));
  }

  private void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
      asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void await() {
    try {
      boolean _ = end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private OpenAiSpeech speech(Duration deadline) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/audio/speech");
    var service = new OpenAiSpeech.Service(url, "s3cret", "m", "alloy", deadline);
    assertThat(service.toString()).doesNotContain("s3cret");
    return new OpenAiSpeech(service);
  }
}
