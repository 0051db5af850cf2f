package io.tipring.edge.script;

import io.tipring.api.script.Web;
import io.tipring.edge.http.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The real web, each request on a virtual thread of its own, of which a script has one at a time.
public final class HttpRequests implements WebRequests {
  private static final Thread.Builder.OfVirtual THREADS = Thread.ofVirtual().name("script-web");
  private static final Pattern CHARSET =
      Pattern.compile("charset=\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private final WebClient client;
  private final int mostBytes;

  /// @param mostBytes of one answer
  public HttpRequests(WebClient client, int mostBytes) {
    this.client = client;
    this.mostBytes = mostBytes;
  }

  @Override
  public CompletableFuture<Web.Answer> send(Web.Request request) {
    CompletableFuture<Web.Answer> answer = new CompletableFuture<>();
    Thread asking = THREADS.start(() -> send(request, answer));
    var _ = answer.whenComplete((_, _) -> asking.interrupt()); // when nobody waits any longer
    return answer;
  }

  private void send(Web.Request request, CompletableFuture<Web.Answer> answer) {
    try {
      answer.complete(answer(request));
    } catch (InterruptedException e) {
      answer.cancel(false);
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private Web.Answer answer(Web.Request request) throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .timeout(request.deadline())
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    HttpResponse<InputStream> response = client.send(builder.build());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new IOException("the answer has more than " + mostBytes + " bytes");
      }
      return new Web.Answer(
          response.statusCode(), headers(response), new String(bytes, charset(response)));
    }
  }

  private static Map<String, String> headers(HttpResponse<?> response) {
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return Collections.unmodifiableMap(headers);
  }

  private static Charset charset(HttpResponse<?> response) {
    Matcher named = CHARSET.matcher(response.headers().firstValue("Content-Type").orElse(""));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return StandardCharsets.UTF_8;
    }
  }
}
