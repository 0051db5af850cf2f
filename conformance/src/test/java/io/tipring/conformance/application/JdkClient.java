package io.tipring.conformance.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The JDK's own WebSocket client in the place of the exchange: calls an application and says what
/// the test wants.
final class JdkClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringBuilder fragments = new StringBuilder();
  private @Nullable WebSocket socket;

  /// @throws Refused when the answer is not 101
  static JdkClient connect(URI url, Map<String, String> headers) throws Refused {
    JdkClient client = new JdkClient();
    WebSocket.Builder builder =
        client.http.newWebSocketBuilder().subprotocols("v2.other", "v1.control.tipring");
    headers.forEach(builder::header);
    try {
      client.socket = builder.connectTimeout(PATIENCE).buildAsync(url, client).join();
      return client;
    } catch (CompletionException e) {
      client.http.close();
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new Refused(refused.getResponse().statusCode());
      }
      throw e;
    }
  }

  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    final int status;

    Refused(int status) {
      super("answered with " + status);
      this.status = status;
    }
  }

  WebSocket socket() {
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }

  void send(String text) {
    socket().sendText(text, true).join();
  }

  /// The next message of the application.
  JsonNode next() {
    return taken(heard);
  }

  static <T> T taken(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// The code the application closed with.
  int closeCode() {
    return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    fragments.append(data);
    if (last) {
      try {
        heard.add(JSON.readTree(fragments.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      fragments.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    pongs.add(new String(bytes, StandardCharsets.UTF_8));
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket().abort();
    http.shutdownNow();
  }
}
