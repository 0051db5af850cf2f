package io.tipring.edge.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Asks web servers in the name of others, who must not reach everything that this machine reaches:
/// every address of a host, also after a redirect, must be one that `reachable` allows. It blocks,
/// so it is for virtual threads.
public final class WebClient implements AutoCloseable {
  private static final int MOST_REDIRECTS = 3;
  private static final List<String> FOR_ONE_HOST = List.of("authorization", "cookie");

  private final Duration connect;
  private final Predicate<InetAddress> reachable;

  /// Made for the first request: to make one costs more than the rest of a start.
  private @Nullable HttpClient client;

  /// @param connect the longest that a connection may take
  public WebClient(Duration connect, Predicate<InetAddress> reachable) {
    this.connect = connect;
    this.reachable = reachable;
  }

  /// Follows redirects of a GET; others are the answer. Whoever asked closes the body.
  ///
  /// @throws IOException also when the server may not be asked, saying why
  public HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    requireReachable(request.uri());
    HttpRequest next = request;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      HttpResponse<InputStream> response =
          client().send(next, HttpResponse.BodyHandlers.ofInputStream());
      Optional<String> elsewhere = response.headers().firstValue("Location");
      if (response.statusCode() / 100 != 3 || elsewhere.isEmpty() || !next.method().equals("GET")) {
        return response;
      }
      response.body().close();
      URI uri = elsewhere(next.uri(), elsewhere.get());
      requireReachable(uri);
      next = towards(uri, next);
    }
    throw new IOException(request.uri() + " redirects more than " + MOST_REDIRECTS + " times");
  }

  private static URI elsewhere(URI from, String location) throws IOException {
    URI uri;
    try {
      uri = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(from + " redirects to what is no URL", e);
    }
    if (from.getScheme().equals("https") && !"https".equals(uri.getScheme())) {
      throw new IOException(from + " redirects to a URL that is not https");
    }
    return uri;
  }

  private static HttpRequest towards(URI uri, HttpRequest before) {
    boolean sameHost =
        String.valueOf(uri.getScheme()).equals(before.uri().getScheme())
            && String.valueOf(uri.getAuthority()).equals(before.uri().getAuthority());
    return HttpRequest.newBuilder(
            before, (name, _) -> sameHost || !FOR_ONE_HOST.contains(name.toLowerCase(Locale.ROOT)))
        .uri(uri)
        .build();
  }

  private void requireReachable(URI uri) throws IOException {
    String scheme = String.valueOf(uri.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https"))
        || uri.getHost() == null
        || uri.getRawUserInfo() != null) {
      throw new IOException(uri + " is no http or https URL that can be fetched");
    }
    for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
      if (!reachable.test(address)) {
        throw new IOException(
            uri.getHost() + " has an address that may not be fetched from; see media.fetch_from");
      }
    }
  }

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(connect)
              .proxy(HttpClient.Builder.NO_PROXY) // which would reach what we may not
              .followRedirects(HttpClient.Redirect.NEVER) // each target is looked at first
              .build();
      client = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }
}
