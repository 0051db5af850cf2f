package io.tipring.edge.sound;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.tipring.api.Event.Refusal;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Preparation.Ready;
import io.tipring.core.call.Preparation.Unavailable;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import io.tipring.edge.net.Counters;
import io.tipring.edge.sound.WebRequest.Answer;
import io.tipring.edge.sound.WebStore.Kept;
import io.tipring.media.clip.WavException;
import io.tipring.media.clip.WavReader;
import io.tipring.media.clip.Waveform;
import io.tipring.media.spec.Pcm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Fetches WAV files over HTTP, each on a virtual thread, decodes them and keeps them as long as
/// their servers want ([Freshness]). Any thread.
///
/// Whom it may ask is the exchange's choice, not the application's: every address of a host, also
/// after a redirect, must be one that `reachable` allows, and it is those addresses that are asked.
public final class WebSounds implements Sounds, AutoCloseable {
  private static final Thread.Builder.OfVirtual THREADS = Thread.ofVirtual().name("fetch");
  private static final int MOST_AT_A_TIME = 8;
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_REDIRECTS = 3;

  /// Characters of a hint; a server may redirect to a very long URL.
  private static final int LONGEST_HINT = 400;

  /// Decoded at most: half an hour.
  private static final long MOST_MILLIS = 30 * 60 * 1000L;

  private final Settings settings;
  private final Predicate<InetAddress> reachable;
  private final LongSupplier nanoTime;
  private final WebStore store;
  private final Counters<FetchMeter> meters = new Counters<>(FetchMeter.class);

  /// What is being fetched: others who want it wait for the same answer.
  private final ConcurrentHashMap<URI, CompletableFuture<Preparation>> running =
      new ConcurrentHashMap<>();

  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /// Those who hold one have a file of the largest size in memory, at worst.
  private final Semaphore free = new Semaphore(MOST_AT_A_TIME);

  /// Decoding burns CPU, which a virtual thread must not: others would have to wait for it.
  private final ExecutorService decoder =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("decode").factory());

  /// Looking a name up would keep a virtual thread's carrier for as long as DNS takes. Who asks
  /// holds a place in [#free], so that few wait here.
  private final ExecutorService names =
      Executors.newFixedThreadPool(
          MOST_AT_A_TIME / 2, Thread.ofPlatform().daemon().name("names-", 1).factory());

  /// @param deadline for all of it, redirects included
  /// @param mostBytes of one file
  /// @param keptSamples of all together; one takes 4 bytes
  /// @param usualLife how long one is kept where its server says nothing of it
  public record Settings(Duration deadline, int mostBytes, long keptSamples, Duration usualLife) {}

  /// Why a sound does not come, found somewhere on the way.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final transient Unavailable why;

    Refused(Refusal refusal, String hint) {
      super(hint, null, false, false);
      why = unavailable(refusal, hint);
    }
  }

  public WebSounds(Settings settings, Predicate<InetAddress> reachable, LongSupplier nanoTime) {
    this.settings = settings;
    this.reachable = reachable;
    this.nanoTime = nanoTime;
    store = new WebStore(settings.keptSamples(), settings.usualLife());
  }

  @Override
  public void prepare(SoundRequest request, Consumer<Preparation> done) {
    if (!(request instanceof SoundRequest.Web(URI uri))) {
      done.accept(new Unavailable(Refusal.NOT_FOUND, "only URLs can be fetched"));
      return;
    }
    Optional<Kept> fresh = store.get(uri).filter(kept -> kept.isFresh(nanoTime.getAsLong()));
    if (fresh.isPresent()) {
      meters.count(FetchMeter.HIT);
      done.accept(new Ready(fresh.get().pcm()));
      return;
    }
    CompletableFuture<Preparation> answer = new CompletableFuture<>();
    CompletableFuture<Preparation> other = running.putIfAbsent(uri, answer);
    if (other != null) {
      meters.count(FetchMeter.JOINED);
      var _ = other.thenAccept(done);
      return;
    }
    var _ = answer.thenAccept(done);
    start(uri, answer);
  }

  private void start(URI uri, CompletableFuture<Preparation> answer) {
    CompletableFuture<Preparation> fetched = new CompletableFuture<>();
    Optional<Thread> fetching = Optional.empty();
    if (waiting.tryAcquire()) {
      fetching = Optional.of(THREADS.start(() -> run(uri, fetched)));
    } else {
      fetched.complete(failed("too many sounds are being fetched; try again"));
    }
    Optional<Thread> late = fetching;
    var _ =
        fetched
            .orTimeout(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(_ -> {
              late.ifPresent(Thread::interrupt);
              return stale(store.get(uri))
                  .<Preparation>map(Ready::new)
                  .orElseGet(() -> timedOut(uri));
            })
            .thenAccept(result -> {
              if (result instanceof Unavailable) {
                meters.count(FetchMeter.FAILED);
              }
              boolean _ = running.remove(uri, answer);
              boolean _ = answer.complete(result);
            });
  }

  private void run(URI uri, CompletableFuture<Preparation> answer) {
    try {
      free.acquire();
      try {
        answer.complete(new Ready(fetch(uri)));
      } finally {
        free.release();
      }
    } catch (InterruptedException | SocketTimeoutException _) {
      answer.complete(timedOut(uri));
    } catch (Refused refused) {
      answer.complete(refused.why);
    } catch (IOException | RuntimeException fault) {
      answer.complete(failed(uri + " cannot be fetched: " + reason(fault)));
    } finally {
      waiting.release();
    }
  }

  private Pcm fetch(URI from) throws IOException, InterruptedException, Refused {
    URI uri = from;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      Optional<Kept> kept = store.get(uri);
      if (kept.isPresent() && kept.get().isFresh(nanoTime.getAsLong())) {
        return kept.get().pcm();
      }
      long askedNanos = nanoTime.getAsLong();
      Answer answer;
      try {
        answer = ask(uri, kept);
      } catch (IOException e) {
        Optional<Pcm> stale = stale(kept);
        if (stale.isPresent()) {
          return stale.get();
        }
        throw e;
      }
      Optional<URI> elsewhere = elsewhere(uri, answer);
      if (elsewhere.isEmpty()) {
        return judge(uri, answer, kept, askedNanos);
      }
      uri = elsewhere.get();
    }
    throw new Refused(
        Refusal.FETCH_FAILED, from + " redirects more than " + MOST_REDIRECTS + " times");
  }

  private Answer ask(URI uri, Optional<Kept> kept)
      throws IOException, InterruptedException, Refused {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "audio/wav, audio/x-wav, audio/*;q=0.5");
    kept.ifPresent(old -> headers.putAll(old.validators()));
    return new WebRequest(uri, headers, settings.mostBytes())
        .send(addresses(uri), settings.deadline());
  }

  /// All of them, if all are allowed.
  private List<InetAddress> addresses(URI uri) throws IOException, InterruptedException, Refused {
    String scheme = String.valueOf(uri.getScheme());
    String host = uri.getHost();
    if (!(scheme.equals("http") || scheme.equals("https"))
        || host == null
        || uri.getRawUserInfo() != null) {
      throw new Refused(Refusal.FETCH_FAILED, uri + " is no http or https URL that can be fetched");
    }
    List<InetAddress> addresses;
    try {
      addresses = names.submit(() -> List.of(InetAddress.getAllByName(host))).get();
    } catch (ExecutionException e) {
      throw new IOException(host + " has no address", e);
    }
    if (!addresses.stream().allMatch(reachable)) {
      throw new Refused(
          Refusal.FETCH_FAILED,
          host + " has an address that may not be fetched from; see media.fetch_from");
    }
    return addresses;
  }

  /// Where an answer sends us. Not from a secured connection to one that is not.
  private static Optional<URI> elsewhere(URI uri, Answer answer) throws Refused {
    String location = answer.headers().get(HttpHeaderNames.LOCATION);
    if (answer.status() / 100 != 3 || answer.status() == 304 || location == null) {
      return Optional.empty();
    }
    URI next = uri.resolve(location);
    if (uri.getScheme().equals("https") && !"https".equals(next.getScheme())) {
      throw new Refused(Refusal.FETCH_FAILED, uri + " redirects to a URL that is not https");
    }
    return Optional.of(next);
  }

  private Pcm judge(URI uri, Answer answer, Optional<Kept> kept, long askedNanos)
      throws InterruptedException, Refused {
    int status = answer.status();
    if (status == 304 && kept.isPresent()) {
      store.refresh(uri, kept.get(), answer.headers(), askedNanos);
      meters.count(FetchMeter.VALIDATED);
      return kept.get().pcm();
    }
    if (status == 404 || status == 410) {
      throw new Refused(Refusal.NOT_FOUND, uri + " is not there: " + status);
    }
    Optional<Pcm> stale = status / 100 == 5 ? stale(kept) : Optional.empty(); // RFC 9111 4.3.3
    if (stale.isPresent()) {
      return stale.get();
    }
    if (status != 200) {
      throw new Refused(Refusal.FETCH_FAILED, uri + " answered " + status);
    }
    if (answer.body().length > settings.mostBytes()) {
      throw new Refused(
          Refusal.TOO_LARGE,
          uri + " has more than " + settings.mostBytes() + " bytes; see media.fetch_megabytes");
    }
    Pcm pcm = decoded(uri, answer.body());
    store.put(uri, pcm, answer.headers(), askedNanos);
    meters.count(FetchMeter.FETCHED);
    return pcm;
  }

  /// RFC 9111 4.2.4: while its server is away, an old prompt is better than none.
  private Optional<Pcm> stale(Optional<Kept> kept) {
    Optional<Pcm> old = kept.filter(one -> one.freshness().mayBeStale()).map(Kept::pcm);
    if (old.isPresent()) {
      meters.count(FetchMeter.STALE);
    }
    return old;
  }

  private Pcm decoded(URI uri, byte[] wav) throws InterruptedException, Refused {
    Waveform sound;
    try {
      sound = decoder.submit(() -> WavReader.read(wav)).get();
      if (sound.millis() <= MOST_MILLIS) {
        return decoder.submit(sound::pcm).get();
      }
    } catch (ExecutionException e) {
      boolean isNoWav = e.getCause() instanceof WavException;
      throw new Refused(
          isNoWav ? Refusal.BAD_SOUND : Refusal.FETCH_FAILED,
          uri + " cannot be played: " + reason(e.getCause()));
    }
    throw new Refused(Refusal.TOO_LARGE, uri + " lasts more than half an hour");
  }

  private static String reason(@Nullable Throwable fault) {
    return fault == null || fault.getMessage() == null ? String.valueOf(fault) : fault.getMessage();
  }

  private static Unavailable failed(String hint) {
    return unavailable(Refusal.FETCH_FAILED, hint);
  }

  private static Unavailable unavailable(Refusal refusal, String hint) {
    return new Unavailable(refusal, hint.substring(0, Math.min(hint.length(), LONGEST_HINT)));
  }

  private Unavailable timedOut(URI uri) {
    return unavailable(
        Refusal.TIMED_OUT, uri + " did not come within " + settings.deadline().toMillis() + " ms");
  }

  public Counters<FetchMeter> meters() {
    return meters;
  }

  /// What is kept.
  public long bytes() {
    return store.bytes();
  }

  @Override
  public void close() {
    decoder.shutdownNow();
    names.shutdownNow();
  }
}
