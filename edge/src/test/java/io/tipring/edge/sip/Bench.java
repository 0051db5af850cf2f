package io.tipring.edge.sip;

import io.tipring.api.CallApp;
import io.tipring.api.Event;
import io.tipring.core.call.CallAppAttendant;
import io.tipring.core.call.CallLimits;
import io.tipring.core.call.Directory;
import io.tipring.core.call.Sounds;
import io.tipring.core.journal.Journal.Entry;
import io.tipring.core.lane.Lane;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.media.spec.MediaCommand;
import io.tipring.media.spec.MediaPlane;
import io.tipring.wire.sip.HostPort;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipParser;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.SessionSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// An exchange on the work bench: messages are handed in as text, what it sends and asks of the
/// media plane is kept, and time passes when the test says so.
final class Bench implements Lane, Flows, MediaPlane {
  private record Turn(long atNanos, long order, Runnable what) {}

  static final FlowId FLOW =
      FlowId.datagrams(
          new InetSocketAddress("127.0.0.1", 5060), new InetSocketAddress("127.0.0.1", 6060));

  final List<SipMessage> sent = new ArrayList<>();
  final List<MediaCommand> sounded = new ArrayList<>();
  final List<Entry> journal = new ArrayList<>();
  final List<InetAddress> strangers = new ArrayList<>();
  final SipExchange exchange;
  private final PriorityQueue<Turn> turns =
      new PriorityQueue<>(Comparator.comparingLong(Turn::atNanos).thenComparingLong(Turn::order));
  private final CallApp app;
  boolean portsLeft = true;
  private long now;
  private long order;

  Bench(CallApp app) {
    this.app = app;
    SplittableRandom random = new SplittableRandom(7);
    exchange =
        new SipExchange(
            new SipExchange.Ground(this, random::nextBytes, () -> now / 1_000_000),
            new SipExchange.Reach(this, (_, _) -> "127.0.0.1", _ -> HostPort.of("127.0.0.1", 5060)),
            this,
            new SipExchange.Service(
                Directory.byName(name ->
                    name.equals("echo")
                        ? Optional.of(CallAppAttendant.application(() -> app))
                        : Optional.empty()),
                new UserAgent.Callees("echo"::equals, strangers::add),
                Sounds.NONE,
                journal::add,
                (_, fault) -> {
                  throw new AssertionError(fault);
                }),
            new SipExchange.Settings(
                TransactionSettings.STANDARD, SessionSettings.USUAL, CallLimits.STANDARD, false));
  }

  /// Hands in a message and lets it be worked off; lines end with `\n` in the text.
  void receive(String text) {
    arrive(text);
    run(0);
  }

  /// Puts a message into the lane's queue, as a transport does.
  void arrive(String text) {
    byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    if (!(new SipParser().parseDatagram(bytes, 0, bytes.length)
        instanceof Parsed.Message(SipMessage message))) {
      throw new AssertionError("not a message: " + text);
    }
    exchange.arrivals().arrived(FLOW, message);
  }

  void run(long millis) {
    long until = now + millis * 1_000_000L;
    while (!turns.isEmpty() && turns.peek().atNanos <= until) {
      Turn turn = turns.remove();
      now = turn.atNanos;
      turn.what.run();
    }
    now = until;
  }

  SipResponse lastResponse() {
    return sent.stream()
        .filter(SipResponse.class::isInstance)
        .map(SipResponse.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  List<Event> events() {
    return journal.stream().map(Entry::event).toList();
  }

  @Override
  public long nowNanos() {
    return now;
  }

  @Override
  public void post(String resource, Runnable turn) {
    turns.add(new Turn(now, order++, turn));
  }

  @Override
  public Alarm wakeAt(long atNanos, String resource, Runnable turn) {
    Turn later = new Turn(Math.max(now, atNanos), order++, turn);
    turns.add(later);
    return () -> turns.remove(later);
  }

  @Override
  public void send(FlowId flow, SipMessage message) {
    sent.add(message);
  }

  @Override
  public Optional<FlowId> flowTo(Transport transport, InetSocketAddress remote) {
    return Optional.of(FlowId.datagrams(FLOW.local(), remote));
  }

  @Override
  public Optional<Reservation> reserve(String leg, Family family) {
    return portsLeft ? Optional.of(new Reservation(leg, 20000, 20001)) : Optional.empty();
  }

  @Override
  public void tell(MediaCommand command) {
    sounded.add(command);
  }
}
