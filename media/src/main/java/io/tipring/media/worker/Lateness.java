package io.tipring.media.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// How late ticks were, as a histogram. Written by the worker's thread alone, read by any: a reader
/// may miss the last tick, and no more.
public final class Lateness {
  /// Four buckets per doubling, from 1 microsecond to over an hour.
  private static final int PER_DOUBLING = 4;

  private static final int BUCKETS = 33 * PER_DOUBLING;
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long NANOS_PER_MICRO = 1000;

  private final long[] counts = new long[BUCKETS];

  Lateness() {}

  void record(long lateNanos) {
    int bucket = bucketOf(Math.max(0, lateNanos / NANOS_PER_MICRO));
    COUNT.setOpaque(counts, bucket, counts[bucket] + 1);
  }

  /// What was seen until now. From any thread.
  public Snapshot snapshot() {
    long[] copy = new long[BUCKETS];
    long total = 0;
    for (int i = 0; i < BUCKETS; i++) {
      copy[i] = (long) COUNT.getOpaque(counts, i);
      total += copy[i];
    }
    return new Snapshot(
        total, quantile(copy, total, 0.5), quantile(copy, total, 0.99), quantile(copy, total, 1));
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
