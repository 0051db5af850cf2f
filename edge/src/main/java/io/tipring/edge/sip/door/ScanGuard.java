package io.tipring.edge.sip.door;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Silences sources that keep scanning. Each offence (garbage, a call to a user who does not exist)
/// takes a token from the bucket of its source; an empty bucket means silence until half of it has
/// come back. A scanner that gets no answer moves on; a person who misdials never notices.
///
/// An IPv6 source is its /64: one customer owns at least that. The table is bounded, the source
/// that offended longest ago leaves first. Any thread; the lock is held for a map access. Datagram
/// sources can be forged, so whoever must never be cut off (a carrier) belongs to the exempt.
public final class ScanGuard {
  /// @param burst offences that are forgiven at once
  /// @param refill time for one token to come back
  /// @param sources remembered at most
  public record Settings(int burst, Duration refill, int sources) {
    public static final Settings STANDARD = new Settings(20, Duration.ofSeconds(3), 10_000);

    public Settings {
      if (burst < 1 || sources < 1 || !refill.isPositive()) {
        throw new IllegalArgumentException(
            "a guard needs room for one offence, one source and a time to forgive");
      }
    }
  }

  private final Settings settings;
  private final Predicate<InetAddress> exempt;
  private final LongSupplier nanos;
  private final Map<Long, Bucket> buckets;
  private volatile boolean watching;
  private long scanners;

  /// @param exempt sources that may do what they like, usually [InetAddress#isLoopbackAddress()]
  /// @param nanos monotonic time
  public ScanGuard(Settings settings, Predicate<InetAddress> exempt, LongSupplier nanos) {
    this.settings = settings;
    this.exempt = exempt;
    this.nanos = nanos;
    buckets =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Bucket> eldest) {
            return size() > settings.sources();
          }
        };
  }

  /// Notes an offence.
  public void offend(InetAddress source) {
    if (exempt.test(source)) {
      return;
    }
    synchronized (buckets) {
      watching = true;
      Bucket bucket =
          buckets.computeIfAbsent(
              key(source), _ -> new Bucket(settings.burst(), nanos.getAsLong()));
      bucket.refill(nanos.getAsLong());
      if (bucket.take()) {
        scanners++;
      }
    }
  }

  /// Whether that source is to get no answer now. Cheap as long as nobody ever offended.
  public boolean isSilenced(InetAddress source) {
    if (!watching || exempt.test(source)) {
      return false;
    }
    synchronized (buckets) {
      @Nullable Bucket bucket = buckets.get(key(source));
      return bucket != null && bucket.isSilenced(nanos.getAsLong());
    }
  }

  /// How often a source began to be silenced.
  public long scanners() {
    synchronized (buckets) {
      return scanners;
    }
  }

  /// Sources that are remembered.
  int size() {
    synchronized (buckets) {
      return buckets.size();
    }
  }

  private static long key(InetAddress source) {
    byte[] bytes = source.getAddress();
    long key = 0;
    for (int i = 0; i < Math.min(bytes.length, 8); i++) {
      key = (key << 8) | (bytes[i] & 0xff);
    }
    return key;
  }

  private final class Bucket {
    private double tokens;
    private long atNanos;
    private boolean silenced;

    Bucket(double tokens, long atNanos) {
      this.tokens = tokens;
      this.atNanos = atNanos;
    }

    void refill(long nowNanos) {
      double back = (double) (nowNanos - atNanos) / settings.refill().toNanos();
      tokens = Math.min(settings.burst(), tokens + Math.max(0, back));
      atNanos = nowNanos;
    }

    /// Returns whether this offence was the one too many.
    boolean take() {
      boolean first = tokens < 1 && !silenced;
      silenced |= tokens < 1;
      tokens = Math.max(0, tokens - 1);
      return first;
    }

    boolean isSilenced(long nowNanos) {
      refill(nowNanos);
      silenced &= tokens < settings.burst() / 2.0;
      return silenced;
    }
  }
}
