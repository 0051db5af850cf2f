package io.tipring.edge.rtp;

import io.tipring.core.lane.Randomness;
import io.tipring.media.spec.MediaPlane.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Pairs of bound ports, so that an answer can name one within a turn of the lane (ADR 0010).
///
/// [#take] and [#rest] are called by anybody and make no system call; [#tend] binds, drains and
/// closes, and belongs to one thread. Ports are drawn in a random order: a stranger who floods the
/// next one in a row misses.
///
/// A pair rests after its leg, so that a dead call's packets never enter a new one. It stays bound
/// and is emptied; who still sends to it after its rest keeps it resting, until it is closed.
public final class PortPool {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /// A rested pair must have been quiet for so long.
  private static final long QUIET_NANOS = 1_000 * NANOS_PER_MILLI;

  /// Who is still sent to after so long is closed: then the sender learns by ICMP that nobody is
  /// here.
  private static final long GIVE_UP_NANOS = 60_000 * NANOS_PER_MILLI;

  /// What one draining takes off one port: more than its buffer holds.
  private static final int MAX_DRAINED = 4_096;

  /// Bound in one go: the first calls need not wait until the whole stock is there.
  private static final int MAX_BINDS = 64;

  /// Ports of others before the range is taken to be full, or the family not to be there, for a
  /// while.
  private static final int MAX_FAILED_BINDS = 64;

  private static final long RETRY_NANOS = 5_000 * NANOS_PER_MILLI;

  private final DatagramNetwork network;
  private final PortSettings settings;
  private final long restNanos;
  private final Map<Family, Shelf> shelves = new EnumMap<>(Family.class);
  private final Queue<Resting> returned = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inUse = new AtomicInteger();
  private volatile boolean closed;

  // Of the tending thread.
  private final int[] order;
  private final BitSet drawn = new BitSet();
  private final ByteBuffer drain = ByteBuffer.allocate(2048);
  private List<Resting> resting = new ArrayList<>();
  private int next;
  private volatile int restingCount;

  private record Resting(PortPair pair, long sinceNanos, long dueNanos) {}

  /// A queue that knows its length.
  private static final class Shelf {
    final Queue<PortPair> pairs = new ConcurrentLinkedQueue<>();
    final AtomicInteger size = new AtomicInteger();
    // Of the tending thread: binding failed, and is not tried again before this.
    boolean failing;
    long retryNanos;

    void add(PortPair pair) {
      pairs.add(pair);
      size.incrementAndGet();
    }

    Optional<PortPair> poll() {
      PortPair pair = pairs.poll();
      if (pair != null) {
        size.decrementAndGet();
      }
      return Optional.ofNullable(pair);
    }
  }

  /// How many pairs are where.
  public record Counts(int ready, int resting, int inUse) {}

  public PortPool(DatagramNetwork network, PortSettings settings, Randomness randomness) {
    this.network = network;
    this.settings = settings;
    this.restNanos = settings.restMillis() * NANOS_PER_MILLI;
    for (Family family : settings.families()) {
      shelves.put(family, new Shelf());
    }
    order = shuffled(settings.pairs(), randomness);
  }

  private static int[] shuffled(int count, Randomness randomness) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int other = (int) Long.remainderUnsigned(randomness.nextLong(), i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  /// A rested pair, empty when none is in stock.
  public Optional<PortPair> take(Family family) {
    Shelf shelf = shelves.get(family);
    Optional<PortPair> pair = shelf == null ? Optional.empty() : shelf.poll();
    if (pair.isPresent()) {
      inUse.incrementAndGet();
    }
    return pair;
  }

  /// Whether so many were taken that [#tend] had better come soon.
  public boolean isLow(Family family) {
    Shelf shelf = shelves.get(family);
    return shelf != null && shelf.size.get() <= settings.stock() / 2;
  }

  /// Takes back a pair that [#take] gave; nobody else may touch it from now on.
  public void rest(PortPair pair, long nowNanos) {
    inUse.decrementAndGet();
    returned.add(new Resting(pair, nowNanos, nowNanos + restNanos - QUIET_NANOS));
    if (closed) {
      closeReturned();
    }
  }

  /// Takes rested pairs back into stock and binds what is missing, some at a time. To be called
  /// several times a second.
  ///
  /// @return whether there is more to bind
  public boolean tend(long nowNanos) {
    if (closed) {
      return false;
    }
    for (Resting pair = returned.poll(); pair != null; pair = returned.poll()) {
      resting.add(pair);
    }
    List<Resting> still = new ArrayList<>(resting.size());
    for (Resting pair : resting) {
      tend(nowNanos, pair, still);
    }
    resting = still;
    restingCount = still.size();
    boolean more = false;
    for (Map.Entry<Family, Shelf> shelf : shelves.entrySet()) {
      more |= stockUp(nowNanos, shelf.getKey(), shelf.getValue());
    }
    return more;
  }

  private void tend(long nowNanos, Resting rested, List<Resting> still) {
    if (nowNanos - rested.dueNanos < 0) {
      still.add(rested);
      return;
    }
    PortPair pair = rested.pair;
    long restedNanos = nowNanos - rested.sinceNanos;
    boolean quiet = drained(pair.rtp()) + drained(pair.rtcp()) == 0;
    Shelf shelf = shelves.get(pair.family());
    boolean wanted = shelf != null && shelf.size.get() < 2 * settings.stock();
    if (restedNanos >= restNanos && quiet && wanted) {
      if (shelf != null) {
        shelf.add(pair);
      }
    } else if (restedNanos >= GIVE_UP_NANOS || (restedNanos >= restNanos && quiet)) {
      drawn.clear((pair.rtp().port() - settings.first()) / 2);
      pair.close();
    } else {
      still.add(new Resting(pair, rested.sinceNanos, nowNanos + QUIET_NANOS));
    }
  }

  private int drained(DatagramIo io) {
    int count = 0;
    while (count < MAX_DRAINED && io.receive(drain.clear()) != null) {
      count++;
    }
    return count;
  }

  private boolean stockUp(long nowNanos, Family family, Shelf shelf) {
    if (shelf.failing && nowNanos - shelf.retryNanos < 0) {
      return false;
    }
    int failures = 0;
    int bound = 0;
    while (isMissing(shelf) && failures < MAX_FAILED_BINDS && bound < MAX_BINDS) {
      int index = order[next];
      next = (next + 1) % order.length;
      if (drawn.get(index)) {
        continue;
      }
      Optional<PortPair> pair = bind(family, settings.first() + 2 * index);
      if (pair.isPresent()) {
        drawn.set(index);
        shelf.add(pair.get());
        bound++;
      } else {
        failures++;
      }
    }
    shelf.failing = failures == MAX_FAILED_BINDS;
    shelf.retryNanos = nowNanos + RETRY_NANOS;
    return !shelf.failing && isMissing(shelf);
  }

  private boolean isMissing(Shelf shelf) {
    return shelf.size.get() < settings.stock() && drawn.cardinality() < order.length;
  }

  private Optional<PortPair> bind(Family family, int port) {
    DatagramIo rtp;
    try {
      rtp = network.bind(family, port);
    } catch (IOException | UnsupportedOperationException _) {
      // Somebody else has the port, no file may be opened any more, or the machine does not have
      // that family at all: whoever stocks up tries others, and later again.
      return Optional.empty();
    }
    try {
      return Optional.of(new PortPair(family, rtp, network.bind(family, port + 1)));
    } catch (IOException | UnsupportedOperationException _) {
      // As above, and without its neighbour the even port is of no use.
      rtp.close();
      return Optional.empty();
    }
  }

  public Counts counts() {
    int ready = 0;
    for (Shelf shelf : shelves.values()) {
      ready += shelf.size.get();
    }
    return new Counts(ready, restingCount + returned.size(), inUse.get());
  }

  /// Closes what is in stock or rests, and from now on whatever comes back. On the tending thread.
  public void close() {
    closed = true;
    for (Shelf shelf : shelves.values()) {
      for (Optional<PortPair> pair = shelf.poll(); pair.isPresent(); pair = shelf.poll()) {
        pair.get().close();
      }
    }
    resting.forEach(rested -> rested.pair.close());
    resting = new ArrayList<>();
    restingCount = 0;
    closeReturned();
  }

  private void closeReturned() {
    for (Resting pair = returned.poll(); pair != null; pair = returned.poll()) {
      pair.pair.close();
    }
  }
}
