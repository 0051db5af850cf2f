package io.tipring.testkit.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.OperationId;
import io.tipring.core.journal.Journal;
import io.tipring.edge.sip.SipExchange;
import io.tipring.testkit.exchange.Doors;
import io.tipring.testkit.exchange.VirtualExchange;
import io.tipring.testkit.net.Network;
import io.tipring.testkit.phone.Ladder;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.phone.WorldJack;
import io.tipring.testkit.world.World;
import io.tipring.wire.sip.dialog.SessionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An exchange with the usual applications, and phones around it.
final class Town {
  static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration ALL_TIMERS = Duration.ofMinutes(5);
  private static final int SIP_PORT = 5060;
  private static final VirtualExchange.Place USUAL = VirtualExchange.Place.at("10.0.0.1");
  private static final String USUAL_PHONES = "10.0.1.";

  final World world;
  final Network network;
  final VirtualExchange exchange;
  private final String phonesAt;
  private final List<Phone> phones = new ArrayList<>();

  Town(World world) {
    this(world, Doors.open());
  }

  Town(World world, Doors doors) {
    this(world, doors, USUAL, USUAL_PHONES);
  }

  /// @param phonesAt what comes before the number of a phone in its address
  Town(World world, Doors doors, VirtualExchange.Place place, String phonesAt) {
    this.world = world;
    this.phonesAt = phonesAt;
    network = new Network(world);
    exchange = new VirtualExchange(network, place, SipExchange.Settings.STANDARD, doors);
    exchange.serve("echo", Applications::echo);
    exchange.serve("tone", Applications::tone);
    exchange.serve("digits", Applications::digits);
    exchange.serve("bell", Applications::bell);
    exchange.serve("ringing-echo", Applications::ringThenEcho);
    exchange.serve("busy", Applications::busy);
  }

  Phone phone() {
    return phone(Manners.GOOD);
  }

  Phone phone(Manners manners) {
    return phone(manners, SessionSettings.USUAL);
  }

  Phone phone(Manners manners, SessionSettings settings) {
    return phoneAt(phonesAt + (phones.size() + 1), manners, settings);
  }

  Phone phoneAt(String address, Manners manners) {
    return phoneAt(address, manners, SessionSettings.USUAL);
  }

  private Phone phoneAt(String address, Manners manners, SessionSettings settings) {
    Phone phone =
        new Phone(
            new WorldJack(network, address, SIP_PORT),
            "phone" + phones.size(),
            manners,
            settings,
            Ladder.unseen());
    phones.add(phone);
    return phone;
  }

  PhoneCall dial(String user) {
    return phone().dial(exchange.uri(user));
  }

  /// A call to `user` that was answered.
  PhoneCall answered(Phone phone, String user) {
    PhoneCall call = phone.dial(exchange.uri(user));
    world.runUntil("the call is answered", call::isAnswered, SOON);
    return call;
  }

  PhoneCall answered(String user) {
    return answered(phone(), user);
  }

  void hangUp(PhoneCall call) {
    call.hangUp();
    world.runUntil(
        "the call has ended on both sides", () -> call.isEnded() && exchange.calls() == 0, SOON);
  }

  List<EndReason> endings() {
    List<EndReason> reasons = new ArrayList<>();
    for (Journal.Entry entry : exchange.journal()) {
      if (entry.event() instanceof Event.CallEnded(_, EndReason reason)) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  private record Operation(CallId call, OperationId id) {}

  /// One that was refused at once has an end and no beginning. An application that has the call
  /// after another may use its ids again.
  private void everyOperationEndsOnce() {
    Set<Operation> running = new HashSet<>();
    Set<Operation> over = new HashSet<>();
    for (Journal.Entry entry : exchange.journal()) {
      CallId call = entry.call();
      switch (entry.event()) {
        case Event.OperationAccepted(OperationId id) -> {
          over.remove(new Operation(call, id));
          assertThat(running.add(new Operation(call, id))).as("%s begins once", id).isTrue();
        }
        case Event.OperationSucceeded(OperationId id, _) ->
            end(new Operation(call, id), running, over);
        case Event.OperationCancelled(OperationId id, _, _) ->
            end(new Operation(call, id), running, over);
        case Event.OperationFailed(OperationId id, _, _) ->
            end(new Operation(call, id), running, over);
        default -> {}
      }
    }
    assertThat(running).as("operations without an end").isEmpty();
  }

  private static void end(Operation operation, Set<Operation> running, Set<Operation> over) {
    running.remove(operation);
    assertThat(over.add(operation)).as("%s ends once", operation).isTrue();
  }

  /// Every call has its beginning and exactly one end, every timer has run out, nothing is left: no
  /// session, no port.
  void nothingIsLeft() {
    world.run(ALL_TIMERS);
    assertThat(exchange.calls()).as("calls").isZero();
    assertThat(exchange.residue()).as("legs, sessions, transactions, ports").isZero();
    long begun =
        exchange.journal().stream()
            .filter(entry -> entry.event() instanceof Event.CallCreated)
            .count();
    assertThat(endings()).as("endings").hasSize((int) begun);
    everyOperationEndsOnce();
    for (Phone phone : phones) {
      assertThat(phone.calls()).as("calls of a phone").allMatch(PhoneCall::isEnded);
      assertThat(phone.transactions()).as("transactions of a phone").isZero();
      assertThat(network.boundPorts(phone.address()))
          .as("ports of a phone")
          .containsExactly(SIP_PORT);
    }
  }
}
