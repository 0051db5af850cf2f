package io.tipring.media.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// How late ticks of the last minute were, as histograms of ten seconds each. What lies longer back
/// is forgotten, or the first seconds of a process, in which all code is slow, would be seen for
/// ever.
///
/// Written by the worker's thread alone, read by any: a reader may miss the last tick, and while
/// ten seconds begin some of those that are a minute old.
public final class Lateness {
  /// Four buckets per doubling, from 1 microsecond to over an hour.
  private static final int PER_DOUBLING = 4;

  private static final int BUCKETS = 33 * PER_DOUBLING;
  private static final int SLICES = 6;
  private static final long SLICE_NANOS = 10_000_000_000L;
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long NANOS_PER_MICRO = 1000;

  /// Those of one slice lie side by side, the number of the slice (see [#sliceOf]) behind them.
  private final long[] counts = new long[SLICES * (BUCKETS + 1)];

  Lateness() {
    for (int place = 0; place < SLICES; place++) {
      counts[numberAt(place)] = Long.MIN_VALUE;
    }
  }

  void record(long nowNanos, long lateNanos) {
    long slice = sliceOf(nowNanos);
    int place = Math.floorMod(slice, SLICES);
    if (counts[numberAt(place)] != slice) {
      begin(place, slice);
    }
    int at = firstOf(place) + bucketOf(Math.max(0, lateNanos / NANOS_PER_MICRO));
    COUNT.setOpaque(counts, at, counts[at] + 1);
  }

  private void begin(int place, long slice) {
    for (int at = firstOf(place); at < numberAt(place); at++) {
      COUNT.setOpaque(counts, at, 0L);
    }
    COUNT.setRelease(counts, numberAt(place), slice);
  }

  /// What was seen in the minute before `nowNanos`, of the clock that ticks are told. From any
  /// thread.
  public Snapshot snapshot(long nowNanos) {
    long[] sum = new long[BUCKETS];
    long total = 0;
    for (int place = 0; place < SLICES; place++) {
      long age = sliceOf(nowNanos) - (long) COUNT.getAcquire(counts, numberAt(place));
      for (int i = 0; age >= 0 && age < SLICES && i < BUCKETS; i++) {
        long count = (long) COUNT.getOpaque(counts, firstOf(place) + i);
        sum[i] += count;
        total += count;
      }
    }
    return new Snapshot(
        total, quantile(sum, total, 0.5), quantile(sum, total, 0.99), quantile(sum, total, 1));
  }

  private static long sliceOf(long nowNanos) {
    return Math.floorDiv(nowNanos, SLICE_NANOS);
  }

  private static int firstOf(int place) {
    return place * (BUCKETS + 1);
  }

  private static int numberAt(int place) {
    return firstOf(place) + BUCKETS;
  }

  private static int bucketOf(long micros) {
    if (micros < PER_DOUBLING) {
      return (int) micros;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(micros);
    int fraction = (int) (micros >> (exponent - 2)) & (PER_DOUBLING - 1);
    return Math.min((exponent - 1) * PER_DOUBLING + fraction, BUCKETS - 1);
  }

  /// The largest value of a bucket, so that a quantile is never understated.
  private static long upperMicros(int bucket) {
    if (bucket < PER_DOUBLING) {
      return bucket;
    }
    int exponent = bucket / PER_DOUBLING + 1;
    long width = 1L << (exponent - 2);
    return (PER_DOUBLING + bucket % PER_DOUBLING + 1) * width - 1;
  }

  private static long quantile(long[] counts, long total, double quantile) {
    long wanted = (long) Math.ceil(total * quantile);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return upperMicros(i);
      }
    }
    return 0;
  }

  /// @param ticks how many there were
  /// @param p50Micros half of them were at most so late; exact to a quarter
  public record Snapshot(long ticks, long p50Micros, long p99Micros, long maxMicros) {}
}
