package io.tipring.edge.sound;

import io.tipring.core.call.Preparation;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import io.tipring.edge.net.Counters;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Keeps sound that was made once: those used longest ago go first. Equal requests at one time are
/// made once; what failed is tried again by the next. Any thread; the source is called outside the
/// lock.
public final class SoundCache implements Sounds {
  private final Sounds source;
  private final Settings settings;
  private final LongSupplier nanoTime;
  private final LinkedHashMap<SoundRequest, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Counters<CacheMeter> meters = new Counters<>(CacheMeter.class);
  private long samples;

  /// @param samples kept at most, of all sounds together; one takes 4 bytes
  /// @param life after which a sound is made anew
  public record Settings(long samples, Duration life) {}

  private static final class Entry {
    final CompletableFuture<Preparation> answer = new CompletableFuture<>();
    long madeNanos;
    int samples;
  }

  public SoundCache(Sounds source, Settings settings, LongSupplier nanoTime) {
    this.source = source;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  @Override
  public void prepare(SoundRequest request, Consumer<Preparation> done) {
    Entry entry;
    boolean isNew = false;
    synchronized (entries) {
      entry = entries.get(request);
      if (entry != null && isOver(entry)) {
        forget(request, entry);
        entry = null;
      }
      if (entry == null) {
        entry = new Entry();
        entries.put(request, entry);
        isNew = true;
      }
    }
    meters.count(isNew ? CacheMeter.MISS : CacheMeter.HIT);
    var _ = entry.answer.thenAccept(done);
    if (isNew) {
      Entry made = entry;
      source.prepare(request, answer -> keep(request, made, answer));
    }
  }

  private boolean isOver(Entry entry) {
    return entry.answer.isDone()
        && nanoTime.getAsLong() - entry.madeNanos > settings.life().toNanos();
  }

  private void keep(SoundRequest request, Entry entry, Preparation answer) {
    synchronized (entries) {
      switch (answer) {
        case Preparation.Ready(var pcm) -> {
          entry.madeNanos = nanoTime.getAsLong();
          entry.samples = pcm.length();
          samples += entry.samples;
        }
        case Preparation.Unavailable _ -> forget(request, entry);
      }
      makeRoom(entry);
    }
    entry.answer.complete(answer);
  }

  private void forget(SoundRequest request, Entry entry) {
    entries.remove(request, entry);
    samples -= entry.samples;
  }

  /// Drops the oldest that are whole; the last made too when it alone is too much.
  private void makeRoom(Entry last) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (samples > settings.samples() && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entry.answer.isDone() || entry == last) {
        oldest.remove();
        samples -= entry.samples;
      }
    }
  }

  public Counters<CacheMeter> meters() {
    return meters;
  }

  /// What is kept.
  public long bytes() {
    synchronized (entries) {
      return samples * Integer.BYTES;
    }
  }

  /// Sounds that are kept or being made.
  public int size() {
    synchronized (entries) {
      return entries.size();
    }
  }
}
