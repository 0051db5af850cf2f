package io.tipring.testkit.phone;

import io.tipring.core.lane.Lane;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.edge.sip.transport.Flows;
import io.tipring.edge.sip.transport.Transport;
import io.tipring.testkit.phone.Manners.Quirk;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.net.InetSocketAddress;
import java.util.Optional;

/// What a phone sends: shown on its ladder, and left out where it has no manners.
final class PhoneFlows implements Flows {
  private final Flows flows;
  private final Manners manners;
  private final Ladder ladder;
  private final Lane lane;

  PhoneFlows(Flows flows, Manners manners, Ladder ladder, Lane lane) {
    this.flows = flows;
    this.manners = manners;
    this.ladder = ladder;
    this.lane = lane;
  }

  @Override
  public void send(FlowId flow, SipMessage message) {
    if (isKeptBack(message)) {
      ladder.noted(lane.nowNanos(), "(keeps back " + message.headers().cseq() + ")");
    } else {
      ladder.sent(lane.nowNanos(), message);
      flows.send(flow, message);
    }
  }

  @Override
  public Optional<FlowId> flowTo(Transport transport, InetSocketAddress remote) {
    return flows.flowTo(transport, remote);
  }

  private boolean isKeptBack(SipMessage message) {
    return switch (message) {
      case SipRequest request -> manners.has(Quirk.NO_ACK) && request.method().equals(Method.ACK);
      case SipResponse response ->
          manners.has(Quirk.NO_BYE_ANSWER) && response.headers().cseq().method().equals(Method.BYE);
    };
  }
}
