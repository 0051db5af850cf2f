package io.tipring.edge.sip.door;

import io.tipring.edge.net.Counters;
import io.tipring.edge.sip.transport.Arrivals;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.FlowLoss;
import io.tipring.edge.sip.transport.Inlet;
import io.tipring.edge.sip.transport.ResponseRoute;
import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/// All that happens to what arrives before the exchange sees it: strangers and scanners are not
/// heard, garbage is counted, what is nearly SIP is told why not, and under load only what must
/// pass does. Runs on transport threads, any number of them; owns nothing but counters.
public final class SipDoor implements Inlet {
  private final Predicate<InetAddress> welcome;
  private final ScanGuard guard;
  private final OverloadDoor overload;
  private final Arrivals exchange;
  private final BoundedLog log;
  private final Counters<DoorMeter> meters = new Counters<>(DoorMeter.class);

  /// @param welcome which sources are served: loopback and private networks unless `[sip] public`
  ///   (ADR 0009)
  public SipDoor(
      Predicate<InetAddress> welcome,
      ScanGuard guard,
      OverloadDoor overload,
      Arrivals exchange,
      BoundedLog log) {
    this.welcome = welcome;
    this.guard = guard;
    this.overload = overload;
    this.exchange = exchange;
    this.log = log;
  }

  public Counters<DoorMeter> meters() {
    return meters;
  }

  @Override
  public boolean admits(InetAddress source) {
    if (!welcome.test(source)) {
      meters.count(DoorMeter.FOREIGN);
      log.say(
          source.getHostAddress()
              + " is not heard: it is not in net.local_networks, and sip.public is false");
      return false;
    }
    if (guard.isSilenced(source)) {
      meters.count(DoorMeter.SILENCED);
      return false;
    }
    return true;
  }

  @Override
  public boolean overloaded() {
    return overload.isOverloaded();
  }

  @Override
  public Optional<SipResponse> parsed(FlowId flow, Parsed parsed) {
    // Connections were admitted long ago; datagrams just now.
    if (flow.isReliable() && guard.isSilenced(flow.remote().getAddress())) {
      meters.count(DoorMeter.SILENCED);
      return Optional.empty();
    }
    try {
      return switch (parsed) {
        case Parsed.Message(SipMessage message) -> message(flow, message);
        case Parsed.Unacceptable(SipResponse answer, String why) -> unacceptable(flow, answer, why);
        case Parsed.Garbage(String why) -> {
          meters.count(DoorMeter.GARBAGE);
          offence(flow, "garbage: " + why);
          yield Optional.empty();
        }
        case Parsed.KeepAlive() -> {
          meters.count(DoorMeter.KEEP_ALIVES);
          yield Optional.empty();
        }
      };
    } catch (RuntimeException | Error fault) {
      // One message must not end the thread that reads all of them.
      meters.count(DoorMeter.FAULTS);
      log.say("fault at the door, message from " + flow + " dropped: " + fault);
      return Optional.empty();
    }
  }

  @Override
  public void lost(FlowId flow, FlowLoss why) {
    exchange.lost(flow, why);
  }

  private Optional<SipResponse> message(FlowId flow, SipMessage message) {
    return switch (message) {
      case SipRequest request -> request(flow, ResponseRoute.received(request, flow.remote()));
      case SipResponse response -> {
        pass(flow, response);
        yield Optional.empty();
      }
    };
  }

  private Optional<SipResponse> request(FlowId flow, SipRequest request) {
    return switch (overload.judge(request)) {
      case OverloadDoor.Verdict.Pass() -> {
        pass(flow, request);
        yield Optional.empty();
      }
      case OverloadDoor.Verdict.Absorb() -> {
        meters.count(DoorMeter.SHED_ACKS);
        yield Optional.empty();
      }
      case OverloadDoor.Verdict.Refuse(SipResponse answer) -> {
        meters.count(DoorMeter.SHED);
        yield Optional.of(answer);
      }
    };
  }

  private void pass(FlowId flow, SipMessage message) {
    meters.count(DoorMeter.PASSED);
    exchange.arrived(flow, message);
  }

  private Optional<SipResponse> unacceptable(FlowId flow, SipResponse answer, String why) {
    meters.count(DoorMeter.UNACCEPTABLE);
    offence(flow, "answered " + answer.status() + ": " + why);
    return Optional.of(ResponseRoute.received(answer, flow.remote()));
  }

  /// For whoever finds out behind the door: a call to a user who does not exist.
  public void offence(InetAddress source) {
    guard.offend(source);
  }

  private void offence(FlowId flow, String why) {
    InetSocketAddress remote = flow.remote();
    log.say(
        flow.transport()
            + " "
            + remote.getAddress().getHostAddress()
            + ":"
            + remote.getPort()
            + " "
            + why);
    guard.offend(remote.getAddress());
  }
}
