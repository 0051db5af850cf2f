package io.tipring.testkit.net;

import io.tipring.testkit.world.Dice;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/// One end of a TCP connection: what is sent arrives whole and in order, cut anywhere, or the
/// connection breaks. What would be loss to datagrams is delay here. Both ends learn of a break: at
/// once of a close, after a while of silence.
public final class Stream {
  /// What is lost on the way is sent again so much later.
  private static final Duration RETRANSMISSION = Duration.ofMillis(200);

  /// While the peer cannot be reached, data waits; after half a minute the connection counts as
  /// broken.
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final int MOST_TRIES = 30;

  private final Network network;
  private final Dice dice;
  private final InetSocketAddress local;
  private final InetSocketAddress remote;
  private final ArrayDeque<byte[]> unsent = new ArrayDeque<>();
  private Events events;
  private Stream peer;
  private long lastArrivalNanos;
  private boolean closed;

  /// What happens to an end.
  public interface Events {
    /// Some bytes have come; the next ones may be the rest of the same message.
    void received(byte[] chunk);

    /// Nothing more will come and nothing more goes out. Comes once, also to the end that closed.
    void closed();

    /// An end that nobody listens to yet.
    Events DEAF =
        new Events() {
          @Override
          public void received(byte[] chunk) {}

          @Override
          public void closed() {}
        };
  }

  /// Somebody who waits for connections.
  @FunctionalInterface
  public interface Acceptor {
    /// @return who listens at our end
    Events accept(Stream stream);
  }

  @SuppressWarnings("NullAway") // its peer is set before anybody sees it, below
  private Stream(Network network, InetSocketAddress local, InetSocketAddress remote) {
    this.network = network;
    this.local = local;
    this.remote = remote;
    this.dice = network.world().dice("stream " + local + ' ' + remote);
    this.events = Events.DEAF;
  }

  /// Both ends' names for both ends; they differ when a router is between.
  ///
  /// @param caller where the connection begins
  /// @param dialled whom the caller means to speak to
  /// @param called where the connection ends
  /// @param seen what the caller looks like from there
  record Way(
      InetSocketAddress caller,
      InetSocketAddress dialled,
      InetSocketAddress called,
      InetSocketAddress seen) {}

  /// A connection; the end of the caller.
  static Stream open(Network network, Way way, Events events) {
    Stream near = new Stream(network, way.caller, way.dialled);
    Stream far = new Stream(network, way.called, way.seen);
    near.peer = far;
    far.peer = near;
    near.events = events;
    return near;
  }

  /// The far end is there, and `listener` at it.
  void accepted(Acceptor acceptor) {
    peer.events = acceptor.accept(peer);
  }

  public InetSocketAddress local() {
    return local;
  }

  public InetSocketAddress remote() {
    return remote;
  }

  public boolean isClosed() {
    return closed;
  }

  /// Sends; a closed end swallows it.
  public void send(byte[] chunk) {
    if (closed) {
      return;
    }
    network.overheard(local, remote, chunk);
    boolean idle = unsent.isEmpty();
    unsent.add(chunk);
    if (idle) {
      pump(0);
    }
  }

  /// Closes both ends; the other learns of it after all that was sent before.
  public void close() {
    if (!closed) {
      die();
      network.world().at(arrival(Impairments.NONE), "network", peer::die);
    }
  }

  private void pump(int tries) {
    Optional<Impairments> quality = network.quality(local.getAddress(), peer.local.getAddress());
    if (quality.isPresent()) {
      unsent.forEach(chunk -> deliver(chunk, quality.get()));
      unsent.clear();
    } else if (tries < MOST_TRIES && !closed) {
      long later = network.world().nowNanos() + RETRY.toNanos();
      network.world().at(later, "network", () -> pump(tries + 1));
    } else {
      die();
      peer.die();
    }
  }

  /// Receivers must not take a chunk for a message: it is cut in two at any place.
  private void deliver(byte[] chunk, Impairments quality) {
    int cut = (int) dice.below(chunk.length + 1L);
    arrive(Arrays.copyOfRange(chunk, 0, cut), quality);
    arrive(Arrays.copyOfRange(chunk, cut, chunk.length), quality);
  }

  private void arrive(byte[] part, Impairments quality) {
    network
        .world()
        .at(
            arrival(quality),
            "network",
            () -> {
              if (!peer.closed && part.length > 0) {
                peer.events.received(part);
              }
            });
  }

  private long arrival(Impairments quality) {
    long delay = quality.latency().toNanos() + dice.below(quality.jitter().toNanos() + 1);
    while (dice.chance(Math.min(0.9, quality.loss()))) {
      delay += RETRANSMISSION.toNanos();
    }
    lastArrivalNanos = Math.max(lastArrivalNanos, network.world().nowNanos() + delay);
    return lastArrivalNanos;
  }

  private void die() {
    if (!closed) {
      closed = true;
      events.closed();
    }
  }
}
