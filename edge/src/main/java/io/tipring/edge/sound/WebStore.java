package io.tipring.edge.sound;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.tipring.media.spec.Pcm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fetched sounds that are kept, with what their servers said of them; those used longest ago go
/// first. Any thread.
final class WebStore {
  /// What one costs beside its sound, in samples: bounds how many empty ones there are.
  private static final int OVERHEAD = 1_024;

  /// What later answers may change, and what validates (RFC 9111 3.2, 4.3.1).
  private static final List<AsciiString> REMEMBERED =
      List.of(
          HttpHeaderNames.CACHE_CONTROL,
          HttpHeaderNames.EXPIRES,
          HttpHeaderNames.DATE,
          HttpHeaderNames.VARY,
          HttpHeaderNames.ETAG,
          HttpHeaderNames.LAST_MODIFIED);

  private final long most;
  private final Duration usualLife;
  private final LinkedHashMap<URI, Kept> sounds = new LinkedHashMap<>(16, 0.75f, true);
  private long cost;

  /// @param askedNanos when the request went out that it answered
  record Kept(Pcm pcm, HttpHeaders said, Freshness freshness, long askedNanos) {
    boolean isFresh(long nowNanos) {
      return nowNanos - askedNanos < freshness.life().toNanos();
    }

    /// What to ask its server with whether it has changed (RFC 9111 4.3.1).
    Map<String, String> validators() {
      Map<String, String> validators = new LinkedHashMap<>();
      String tag = said.get(HttpHeaderNames.ETAG);
      String modified = said.get(HttpHeaderNames.LAST_MODIFIED);
      if (tag != null) {
        validators.put("If-None-Match", tag);
      }
      if (modified != null) {
        validators.put("If-Modified-Since", modified);
      }
      return validators;
    }
  }

  /// @param most samples kept
  /// @param usualLife where a server says nothing of it
  WebStore(long most, Duration usualLife) {
    this.most = most;
    this.usualLife = usualLife;
  }

  synchronized Optional<Kept> get(URI uri) {
    return Optional.ofNullable(sounds.get(uri));
  }

  void put(URI uri, Pcm pcm, HttpHeaders headers, long askedNanos) {
    HttpHeaders said = new DefaultHttpHeaders();
    remember(said, headers);
    keep(uri, new Kept(pcm, said, freshness(headers), askedNanos));
  }

  /// Its server said that it has not changed (RFC 9111 4.3.4).
  void refresh(URI uri, Kept old, HttpHeaders headers, long askedNanos) {
    HttpHeaders said = old.said().copy();
    remember(said, headers);
    HttpHeaders all = said.copy();
    all.set(HttpHeaderNames.AGE, headers.getAll(HttpHeaderNames.AGE));
    keep(uri, new Kept(old.pcm(), said, freshness(all), askedNanos));
  }

  private Freshness freshness(HttpHeaders headers) {
    return Freshness.of(headers, Instant.now(), usualLife);
  }

  private static void remember(HttpHeaders said, HttpHeaders headers) {
    for (AsciiString name : REMEMBERED) {
      if (headers.contains(name)) {
        said.set(name, headers.getAll(name));
      }
    }
  }

  private synchronized void keep(URI uri, Kept kept) {
    Kept old = sounds.remove(uri);
    cost -= old == null ? 0 : cost(old);
    if (!kept.freshness().kept() || cost(kept) > most) {
      return;
    }
    sounds.put(uri, kept);
    cost += cost(kept);
    Iterator<Kept> oldest = sounds.values().iterator();
    while (cost > most) {
      cost -= cost(oldest.next());
      oldest.remove();
    }
  }

  private static long cost(Kept kept) {
    return (long) kept.pcm().length() + OVERHEAD;
  }

  /// Sound that is kept.
  synchronized long bytes() {
    return cost * Integer.BYTES;
  }
}
