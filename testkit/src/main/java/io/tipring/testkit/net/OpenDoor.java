package io.tipring.testkit.net;

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
import java.util.Optional;

/// A door that lets everybody in: who has nothing to guard, such as a phone.
public final class OpenDoor implements Inlet {
  private final Arrivals arrivals;

  public OpenDoor(Arrivals arrivals) {
    this.arrivals = arrivals;
  }

  @Override
  public boolean admits(InetAddress source) {
    return true;
  }

  @Override
  public boolean overloaded() {
    return false;
  }

  @Override
  public Optional<SipResponse> parsed(FlowId flow, Parsed parsed) {
    return switch (parsed) {
      case Parsed.Message(SipMessage message) -> {
        arrivals.arrived(flow, marked(flow, message));
        yield Optional.empty();
      }
      case Parsed.Unacceptable(SipResponse answer, _) ->
          Optional.of(ResponseRoute.received(answer, flow.remote()));
      case Parsed.Garbage _, Parsed.KeepAlive _ -> Optional.empty();
    };
  }

  private static SipMessage marked(FlowId flow, SipMessage message) {
    return switch (message) {
      case SipRequest request -> ResponseRoute.received(request, flow.remote());
      case SipResponse response -> response;
    };
  }

  @Override
  public void lost(FlowId flow, FlowLoss why) {
    arrivals.lost(flow, why);
  }
}
