package io.tipring.testkit.net;

import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Hosts by literal address, and what happens between them. Every pair of hosts has its own link
/// each way; a link is as good as the network's [Impairments] unless it got its own.
public final class Network {
  private static final String NAME = "network";
  private static final int FIRST_EPHEMERAL = 32_768;
  private static final int EPHEMERALS = 28_000;

  private final World world;
  private final Dice dice;
  private final Map<InetSocketAddress, DatagramSocket> bound = new LinkedHashMap<>();
  private final Map<InetSocketAddress, Stream.Acceptor> listening = new LinkedHashMap<>();
  private final Map<Route, Link> links = new LinkedHashMap<>();
  private final Map<Route, Impairments> impaired = new LinkedHashMap<>();
  private final List<Route> cut = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();
  private final List<InetAddress> dark = new ArrayList<>();
  private final Map<InetAddress, Nat> nats = new LinkedHashMap<>();
  private final Map<InetAddress, Nat> behind = new LinkedHashMap<>();
  private final Wiretap wiretap;
  private final List<Consumer<Datagram>> eavesdroppers = new ArrayList<>();
  private Impairments everywhere = Impairments.NONE;
  private long sent;
  private long delivered;
  private int nextEphemeral;

  public Network(World world) {
    this.world = world;
    this.dice = world.dice(NAME);
    this.wiretap = new Wiretap(world);
  }

  public World world() {
    return world;
  }

  /// The address behind text such as `10.0.0.1:5060` or `[2001:db8::1]:5060`. Never asks a name
  /// server.
  public static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    String host = hostAndPort.substring(0, colon);
    return new InetSocketAddress(
        InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, colon - 1) : host),
        Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  /// Takes a UDP port; it must be free.
  public DatagramSocket bind(InetSocketAddress local) {
    DatagramSocket socket = new DatagramSocket(this, local);
    if (bound.putIfAbsent(local, socket) != null) {
      throw new IllegalStateException("in use: " + local);
    }
    return socket;
  }

  public boolean isBound(InetSocketAddress local) {
    return bound.containsKey(local);
  }

  /// Shows every datagram that leaves its host for the network, behind any router of its own.
  public void onSent(Consumer<Datagram> eavesdropper) {
    eavesdroppers.add(eavesdropper);
  }

  /// Loses the next `count` datagrams that `which` picks, whatever the links are like.
  public void lose(int count, Predicate<Datagram> which) {
    losses.add(new Loss(count, which));
  }

  /// Waits for connections at a TCP port; it must be free.
  public void listen(InetSocketAddress local, Stream.Acceptor acceptor) {
    if (listening.putIfAbsent(local, acceptor) != null) {
      throw new IllegalStateException("in use: " + local);
    }
  }

  public void stopListening(InetSocketAddress local) {
    listening.remove(local);
  }

  /// Opens a connection. One that nobody takes, or that cannot reach the other side, is closed a
  /// round trip later.
  public Stream connect(InetAddress from, InetSocketAddress to, Stream.Events events) {
    InetSocketAddress local =
        new InetSocketAddress(from, FIRST_EPHEMERAL + nextEphemeral++ % EPHEMERALS);
    InetSocketAddress seen = seenOutside(local, to);
    Optional<InetSocketAddress> called = called(seen, to);
    Stream near = Stream.open(this, new Stream.Way(local, to, called.orElse(to), seen), events);
    Optional<Impairments> quality = called.flatMap(there -> quality(from, there.getAddress()));
    long oneWay = quality.orElse(everywhere).latency().toNanos();
    world.at(
        world.nowNanos() + oneWay,
        NAME,
        () -> {
          Stream.Acceptor acceptor = called.map(listening::get).orElse(null);
          if (acceptor != null && quality.isPresent()) {
            near.accepted(acceptor);
          } else {
            world.at(world.nowNanos() + oneWay, NAME, near::close);
          }
        });
    return near;
  }

  /// Every port in use on `host`, in the order they were taken: what is left at the end has leaked.
  public List<Integer> boundPorts(InetAddress host) {
    return bound.keySet().stream()
        .filter(at -> at.getAddress().equals(host))
        .map(InetSocketAddress::getPort)
        .toList();
  }

  /// The quality of every link that has none of its own.
  public void everywhere(Impairments impairments) {
    everywhere = impairments;
  }

  /// The quality from `from` to `to`, this way only.
  public void oneWay(InetAddress from, InetAddress to, Impairments impairments) {
    impaired.put(new Route(from, to), impairments);
  }

  /// The quality between two hosts, both ways.
  public void between(InetAddress one, InetAddress other, Impairments impairments) {
    oneWay(one, other, impairments);
    oneWay(other, one, impairments);
  }

  /// Nothing passes between the two until [#heal].
  public void cut(InetAddress one, InetAddress other) {
    cut.add(new Route(one, other));
    cut.add(new Route(other, one));
    world.note(NAME, "cut " + one.getHostAddress() + " from " + other.getHostAddress());
  }

  public void heal(InetAddress one, InetAddress other) {
    cut.remove(new Route(one, other));
    cut.remove(new Route(other, one));
    world.note(NAME, "heal " + one.getHostAddress() + " and " + other.getHostAddress());
  }

  /// `host` is switched off: it neither sends nor gets anything, and nobody is told.
  public void vanish(InetAddress host) {
    dark.add(host);
    world.note(NAME, host.getHostAddress() + " vanishes");
  }

  public void comeBack(InetAddress host) {
    dark.remove(host);
    world.note(NAME, host.getHostAddress() + " is back");
  }

  /// Puts `inside` hosts behind a new router whose own address is `outside`.
  public Nat nat(InetAddress outside, Nat.Kind kind, Duration timeout, InetAddress... inside) {
    Nat nat = new Nat(outside, kind, timeout);
    nats.put(outside, nat);
    for (InetAddress host : inside) {
      behind.put(host, nat);
    }
    return nat;
  }

  /// Datagrams that hosts have sent.
  public long sent() {
    return sent;
  }

  /// Datagrams that reached a bound port, duplicates counted.
  public long delivered() {
    return delivered;
  }

  void send(Datagram original) {
    sent++;
    if (dark.contains(original.from().getAddress())) {
      return;
    }
    Datagram datagram = translateOutbound(original);
    wiretap.sent(datagram);
    eavesdroppers.forEach(eavesdropper -> eavesdropper.accept(datagram));
    Route route = new Route(datagram.from().getAddress(), datagram.to().getAddress());
    if (isCut(original) || isCut(datagram) || isPickedToBeLost(datagram)) {
      return;
    }
    for (long arrivalNanos :
        link(route).arrivals(world.nowNanos(), impaired.getOrDefault(route, everywhere))) {
      world.at(arrivalNanos, NAME, () -> arrive(datagram));
    }
  }

  void overheard(InetSocketAddress from, InetSocketAddress to, byte[] chunk) {
    wiretap.sent(from, to, chunk);
  }

  void unbind(DatagramSocket socket) {
    bound.remove(socket.local());
  }

  /// How `from` reaches `to`, for streams: they lose nothing, but time.
  Optional<Impairments> quality(InetAddress from, InetAddress to) {
    Route route = new Route(from, to);
    boolean unreachable = cut.contains(route) || dark.contains(from) || dark.contains(to);
    return unreachable ? Optional.empty() : Optional.of(impaired.getOrDefault(route, everywhere));
  }

  private Datagram translateOutbound(Datagram datagram) {
    InetSocketAddress seen = seenOutside(datagram.from(), datagram.to());
    return seen.equals(datagram.from())
        ? datagram
        : new Datagram(seen, datagram.to(), datagram.payload());
  }

  private void arrive(Datagram datagram) {
    called(datagram.from(), datagram.to())
        .map(inside -> new Datagram(datagram.from(), inside, datagram.payload()))
        .filter(inside -> !isCut(inside))
        .ifPresent(this::deliver);
  }

  private boolean isCut(Datagram datagram) {
    return cut.contains(new Route(datagram.from().getAddress(), datagram.to().getAddress()));
  }

  /// What `from` looks like to `to`.
  private InetSocketAddress seenOutside(InetSocketAddress from, InetSocketAddress to) {
    Nat nat = behind.get(from.getAddress());
    // Two hosts behind the same router speak directly.
    return nat == null || nat == behind.get(to.getAddress())
        ? from
        : nat.outbound(from, to, world.nowNanos());
  }

  /// Who is meant when `seen` says `to`; nobody when a router does not let it in, or the address
  /// means nothing where it is said.
  private Optional<InetSocketAddress> called(InetSocketAddress seen, InetSocketAddress to) {
    Nat nat = nats.get(to.getAddress());
    if (nat != null) {
      return nat.inbound(to.getPort(), seen, world.nowNanos());
    }
    Nat guard = behind.get(to.getAddress());
    return guard == null || guard == behind.get(seen.getAddress())
        ? Optional.of(to)
        : Optional.empty();
  }

  private void deliver(Datagram datagram) {
    DatagramSocket socket = bound.get(datagram.to());
    if (socket != null && !dark.contains(datagram.to().getAddress())) {
      delivered++;
      socket.deliver(datagram);
    }
  }

  private Link link(Route route) {
    return links.computeIfAbsent(
        route, r -> new Link(dice.named(r.from.getHostAddress() + '>' + r.to.getHostAddress())));
  }

  private boolean isPickedToBeLost(Datagram datagram) {
    for (Loss loss : losses) {
      if (loss.left > 0 && loss.which.test(datagram)) {
        loss.left--;
        world.note(NAME, "loses that");
        return true;
      }
    }
    return false;
  }

  private static final class Loss {
    final Predicate<Datagram> which;
    int left;

    Loss(int count, Predicate<Datagram> which) {
      this.left = count;
      this.which = which;
    }
  }

  private record Route(InetAddress from, InetAddress to) {}
}
