package io.tipring.testkit.application;

import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.ErrorCode;
import io.tipring.core.control.LinkEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A program behind a connection, with its health: it can be slow, deaf, away, and come back. It
/// keeps what it heard across restarts, as one with a store of its own would.
public final class RemoteApp {
  private final Function<Event, List<Operation>> manners;
  private final List<Envelope> heard = new ArrayList<>();
  private final List<Integer> closings = new ArrayList<>();
  private final List<VirtualLink> connections = new ArrayList<>();
  private Duration latency = Duration.ofMillis(5);
  private Duration jitter = Duration.ZERO;
  private List<FromApplication.Ask> greeting = List.of();
  private boolean up = true;
  private boolean answersHandshakes = true;
  private boolean reading = true;
  private boolean resumes = true;
  private long epochShift;

  /// @param manners what it asks for when it hears an event; ids follow from where the event stands
  public RemoteApp(Function<Event, List<Operation>> manners) {
    this.manners = manners;
  }

  /// Every connection breaks, and none is accepted until it is [#started].
  public void killed() {
    up = false;
    List.copyOf(connections).forEach(connection -> connection.closedByApplication(1006));
  }

  public void started() {
    up = true;
  }

  /// Takes connections and never answers the upgrade.
  public void mute() {
    answersHandshakes = false;
  }

  public void reads(boolean now) {
    reading = now;
    List.copyOf(connections).forEach(VirtualLink::readingChanged);
  }

  /// Takes its place from another life of the exchange when it resumes.
  public void remembersAnotherLife() {
    epochShift = 1;
  }

  /// Comes back and says nothing.
  public void forgetsToResume() {
    resumes = false;
  }

  public void closes(int code) {
    List.copyOf(connections).forEach(connection -> connection.closedByApplication(code));
  }

  public void latency(Duration oneWay) {
    latency = oneWay;
  }

  /// Each message takes up to so much longer; their order stays.
  public void jitter(Duration most) {
    jitter = most;
  }

  /// What it asks for when a session begins.
  public void greetsWith(FromApplication.Ask... operations) {
    greeting = List.of(operations);
  }

  /// Asks for something, of its own accord; without a connection nobody hears it.
  public void asks(OperationId id, Operation operation) {
    says(new LinkEvent.Received(new FromApplication.Ask(id, operation)));
  }

  /// Says something that cannot be understood.
  public void mumbles() {
    says(
        new LinkEvent.Misunderstood(
            new ToApplication.Error(ErrorCode.NOT_JSON, "mumble", "speak clearly"),
            Optional.empty()));
  }

  private void says(LinkEvent event) {
    List.copyOf(connections).forEach(connection -> connection.say(event));
  }

  /// All it heard, over all connections, in order.
  public List<Envelope> heard() {
    return List.copyOf(heard);
  }

  /// The codes the exchange closed with.
  public List<Integer> closings() {
    return List.copyOf(closings);
  }

  public int connections() {
    return connections.size();
  }

  /// The numbers of the events it heard, in order.
  public List<Long> numbers() {
    return heard.stream().flatMap(envelope -> envelope.seq().stream()).map(Cursor::seq).toList();
  }

  boolean isUp() {
    return up;
  }

  boolean answersHandshakes() {
    return answersHandshakes;
  }

  boolean isReading() {
    return reading;
  }

  boolean isResuming() {
    return resumes;
  }

  Duration latency() {
    return latency;
  }

  Duration jitter() {
    return jitter;
  }

  List<FromApplication.Ask> greeting() {
    return greeting;
  }

  List<Operation> reactsTo(Event event) {
    return manners.apply(event);
  }

  void hears(Envelope envelope) {
    heard.add(envelope);
  }

  /// Where it says that it was when the connection was lost.
  Cursor place(Cursor offered) {
    long last =
        heard.stream()
            .flatMap(envelope -> envelope.seq().stream())
            .mapToLong(Cursor::seq)
            .max()
            .orElse(0);
    return new Cursor(offered.epoch() - epochShift, last);
  }

  void connected(VirtualLink connection) {
    connections.add(connection);
  }

  void disconnected(VirtualLink connection) {
    connections.remove(connection);
  }

  void closedWith(int code) {
    closings.add(code);
  }
}
