package io.tipring.edge.net;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// One counter for each constant of an enum, so that what is counted can be read in one list. Any
/// thread.
public final class Counters<E extends Enum<E>> {
  private final EnumMap<E, LongAdder> counters;

  public Counters(Class<E> names) {
    counters = new EnumMap<>(names);
    for (E name : names.getEnumConstants()) {
      counters.put(name, new LongAdder());
    }
  }

  public void count(E name) {
    add(name, 1);
  }

  public void add(E name, long amount) {
    LongAdder counter = counters.get(name);
    if (counter != null) {
      counter.add(amount);
    }
  }

  public long get(E name) {
    LongAdder counter = counters.get(name);
    return counter == null ? 0 : counter.sum();
  }

  /// All counts by their names in lower case, sorted.
  public Map<String, Long> snapshot() {
    Map<String, Long> all = new TreeMap<>();
    counters.forEach(
        (name, counter) -> all.put(name.name().toLowerCase(Locale.ROOT), counter.sum()));
    return all;
  }
}
