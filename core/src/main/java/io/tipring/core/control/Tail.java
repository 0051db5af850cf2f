package io.tipring.core.control;

import io.tipring.core.journal.Journal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;

/// The newest events of a call, for an application that does not read or is away. Their numbers are
/// without holes.
final class Tail {
  private final int most;
  private final ArrayDeque<Journal.Entry> entries = new ArrayDeque<>();
  private long last;

  /// @param before the number of the last event before the first one here
  Tail(int most, long before) {
    this.most = most;
    this.last = before;
  }

  void add(Journal.Entry entry) {
    if (entry.at().seq() != last + 1) {
      throw new IllegalArgumentException("event " + entry.at() + " after " + last);
    }
    last = entry.at().seq();
    if (entries.size() == most) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }

  /// The number of the oldest event that is still here; one more than [#last] when none is.
  long first() {
    return last - entries.size() + 1;
  }

  long last() {
    return last;
  }

  /// Those from number `seq` on, none of which has fallen out.
  Collection<Journal.Entry> from(long seq) {
    ArrayDeque<Journal.Entry> wanted = new ArrayDeque<>();
    Iterator<Journal.Entry> newestFirst = entries.descendingIterator();
    for (long number = last; number >= seq; number--) {
      wanted.addFirst(newestFirst.next());
    }
    return wanted;
  }

  /// Keeps nothing any more.
  void clear() {
    entries.clear();
  }
}
