package io.tipring.edge.sound;

import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import io.tipring.media.clip.WavException;
import io.tipring.media.clip.WavReader;
import io.tipring.media.clip.Waveform;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Fetches WAV files over HTTP, each on a virtual thread, and decodes them. Any thread.
///
/// Whom it may ask is the exchange's choice, not the application's: every address of a host, also
/// after a redirect, must be one that `reachable` allows.
public final class WebSounds implements Sounds, AutoCloseable {
  private static final Thread.Builder.OfVirtual THREADS = Thread.ofVirtual().name("fetch");
  private static final int MOST_AT_A_TIME = 8;
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_REDIRECTS = 3;

  /// Decoded at most: half an hour.
  private static final long MOST_MILLIS = 30 * 60 * 1000L;

  private final Settings settings;
  private final Predicate<InetAddress> reachable;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /// Those who hold one have a file of the largest size in memory, at worst.
  private final Semaphore free = new Semaphore(MOST_AT_A_TIME);

  /// Decoding burns CPU, which a virtual thread must not: others would have to wait for it.
  private final ExecutorService decoder =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("decode").factory());

  /// Made for the first URL: to make one costs more than the rest of a start.
  private @Nullable HttpClient client;

  /// @param deadline for all of it, redirects included
  /// @param mostBytes of one file
  public record Settings(Duration deadline, int mostBytes) {}

  public WebSounds(Settings settings, Predicate<InetAddress> reachable) {
    this.settings = settings;
    this.reachable = reachable;
  }

  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(settings.deadline())
              .followRedirects(HttpClient.Redirect.NEVER) // each target is looked at first
              .build();
      client = made;
    }
    return made;
  }

  @Override
  public void prepare(SoundRequest request, Consumer<Preparation> done) {
    if (!(request instanceof SoundRequest.Web(URI uri))) {
      done.accept(new Unavailable(Refusal.NOT_FOUND, "only URLs can be fetched"));
      return;
    }
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    var _ = answer.exceptionally(_ -> timedOut(uri)).thenAccept(done);
    if (!waiting.tryAcquire()) {
      answer.complete(failed("too many sounds are being fetched; try again"));
      return;
    }
    Thread fetching = THREADS.start(() -> fetch(uri, answer));
    var _ =
        answer
            .orTimeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(_ -> {
              fetching.interrupt();
              return timedOut(uri);
            });
  }

  private void fetch(URI uri, CompletableFuture<Preparation> answer) {
    try {
      free.acquire();
      try {
        answer.complete(fetch(uri));
      } finally {
        free.release();
      }
    } catch (InterruptedException _) {
      answer.complete(timedOut(uri));
    } catch (RuntimeException fault) {
      answer.complete(failed(uri + " cannot be fetched: " + fault));
    } finally {
      waiting.release();
    }
  }

  private Preparation fetch(URI from) throws InterruptedException {
    URI uri = from;
    try {
      for (int i = 0; i <= MOST_REDIRECTS; i++) {
        Optional<Unavailable> refusal = refusal(uri);
        if (refusal.isPresent()) {
          return refusal.get();
        }
        HttpRequest request =
            HttpRequest.newBuilder(uri)
                .timeout(settings.deadline())
                .header("Accept", "audio/wav, audio/x-wav, audio/*;q=0.5")
                .build();
        HttpResponse<InputStream> response =
            client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
          Optional<String> elsewhere = response.headers().firstValue("Location");
          if (response.statusCode() / 100 != 3 || elsewhere.isEmpty()) {
            return judge(uri, response.statusCode(), body);
          }
          uri = uri.resolve(elsewhere.get());
        }
      }
      return failed(from + " redirects more than " + MOST_REDIRECTS + " times");
    } catch (HttpTimeoutException _) {
      return timedOut(from);
    } catch (IOException e) {
      return failed(uri + " cannot be fetched: " + e);
    } catch (IllegalArgumentException e) {
      return failed(uri + " cannot be fetched: " + e.getMessage());
    }
  }

  private Optional<Unavailable> refusal(URI uri) throws UnknownHostException {
    String scheme = String.valueOf(uri.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      return Optional.of(failed(uri + " is no http or https URL"));
    }
    for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
      if (!reachable.test(address)) {
        return Optional.of(
            failed(
                uri.getHost()
                    + " has an address that may not be fetched from; see media.fetch_from"));
      }
    }
    return Optional.empty();
  }

  private Preparation judge(URI uri, int status, InputStream body)
      throws IOException, InterruptedException {
    if (status == 404 || status == 410) {
      return new Unavailable(Refusal.NOT_FOUND, uri + " is not there: " + status);
    }
    if (status != 200) {
      return failed(uri + " answered " + status);
    }
    byte[] wav = body.readNBytes(settings.mostBytes() + 1);
    if (wav.length > settings.mostBytes()) {
      return new Unavailable(
          Refusal.TOO_LARGE,
          uri + " has more than " + settings.mostBytes() + " bytes; see media.fetch_megabytes");
    }
    try {
      return decoder.submit(() -> decoded(uri, wav)).get();
    } catch (ExecutionException | RejectedExecutionException e) {
      return failed(uri + " cannot be decoded: " + e);
    }
  }

  private static Preparation decoded(URI uri, byte[] wav) {
    try {
      Waveform sound = WavReader.read(wav);
      if (sound.millis() > MOST_MILLIS) {
        return new Unavailable(Refusal.TOO_LARGE, uri + " lasts more than half an hour");
      }
      return new Preparation.Ready(sound.pcm());
    } catch (WavException e) {
      return new Unavailable(Refusal.BAD_SOUND, uri + " cannot be played: " + e.getMessage());
    }
  }

  private static Unavailable failed(String hint) {
    return new Unavailable(Refusal.FETCH_FAILED, hint);
  }

  private Unavailable timedOut(URI uri) {
    return new Unavailable(
        Refusal.TIMED_OUT, uri + " did not come within " + settings.deadline().toMillis() + " ms");
  }

  @Override
  public synchronized void close() {
    decoder.shutdownNow();
    if (client != null) {
      client.shutdownNow();
    }
  }
}
