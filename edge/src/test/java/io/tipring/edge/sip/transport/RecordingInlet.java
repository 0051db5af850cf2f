package io.tipring.edge.sip.transport;

import io.tipring.wire.sip.Parsed;
import io.tipring.wire.sip.SipMessage;
import io.tipring.wire.sip.SipResponse;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A door that lets everything in and remembers it.
final class RecordingInlet implements Inlet {
  record Arrival(FlowId flow, Parsed parsed) {
    SipMessage message() {
      return ((Parsed.Message) parsed).message();
    }
  }

  record Loss(FlowId flow, FlowLoss why) {}

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Loss> losses = new LinkedBlockingQueue<>();
  volatile boolean admitting = true;
  volatile boolean overloaded;

  @Override
  public boolean admits(InetAddress source) {
    return admitting;
  }

  @Override
  public boolean overloaded() {
    return overloaded;
  }

  @Override
  public Optional<SipResponse> parsed(FlowId flow, Parsed parsed) {
    arrivals.add(new Arrival(flow, parsed));
    return switch (parsed) {
      case Parsed.Unacceptable(SipResponse answer, String _) -> Optional.of(answer);
      case Parsed.Message _, Parsed.Garbage _, Parsed.KeepAlive _ -> Optional.empty();
    };
  }

  @Override
  public void lost(FlowId flow, FlowLoss why) {
    losses.add(new Loss(flow, why));
  }

  Arrival next() throws InterruptedException {
    Arrival arrival = arrivals.poll(10, TimeUnit.SECONDS);
    if (arrival == null) {
      throw new AssertionError("nothing arrived");
    }
    return arrival;
  }

  Loss nextLoss() throws InterruptedException {
    Loss loss = losses.poll(10, TimeUnit.SECONDS);
    if (loss == null) {
      throw new AssertionError("nothing was lost");
    }
    return loss;
  }

  boolean isQuiet() {
    return arrivals.isEmpty();
  }
}
