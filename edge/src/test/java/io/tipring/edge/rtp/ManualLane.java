package io.tipring.edge.rtp;

import io.tipring.core.lane.Lane;
import java.util.Comparator;
import java.util.PriorityQueue;

/// A lane whose time a test moves by hand.
final class ManualLane implements Lane {
  private record Entry(long atNanos, long order, Runnable turn) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order));
  private long nowNanos = 1_000_000_000L;
  private long order;

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public void post(String resource, Runnable turn) {
    entries.add(new Entry(nowNanos, order++, turn));
  }

  @Override
  public Alarm wakeAt(long atNanos, String resource, Runnable turn) {
    Entry entry = new Entry(atNanos, order++, turn);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  void runFor(long millis) {
    long until = nowNanos + millis * 1_000_000L;
    while (!entries.isEmpty() && entries.peek().atNanos <= until) {
      Entry entry = entries.remove();
      nowNanos = Math.max(nowNanos, entry.atNanos);
      entry.turn.run();
    }
    nowNanos = until;
  }

  boolean isQuiet() {
    return entries.isEmpty();
  }
}
