package io.tipring.api.script;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;

/// The web, as a script sees it. In a World a test answers in its place. Whom it may ask is the
/// exchange's choice (`media.fetch_from`).
@FunctionalInterface
public interface Web {
  /// Sends `request` and waits for the whole answer, redirects included.
  ///
  /// @throws IOException when none came in time, or one too large, or the server may not be asked
  /// @throws CallEnded when the call ended before
  Answer send(Request request) throws IOException;

  /// @param body text, sent as UTF-8; empty for none
  /// @param deadline for all of it
  record Request(
      String method, URI uri, Map<String, String> headers, String body, Duration deadline) {}

  /// @param headers names in lower case
  record Answer(int status, Map<String, String> headers, String body) {}

  /// The text at `url`, within five seconds.
  ///
  /// @throws IOException also when the status is not 2xx
  default String get(String url) throws IOException {
    Answer answer =
        send(
            new Request("GET", URI.create(url), Collections.emptyMap(), "", Duration.ofSeconds(5)));
    if (answer.status() / 100 != 2) {
      throw new IOException(url + " answered " + answer.status());
    }
    return answer.body();
  }
}
