package io.tipring.wire.sip.transaction;

import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// Any request but INVITE and ACK that we send (RFC 3261 17.1.2, figure 6).
public record NonInviteClientTransaction(Timers timers)
    implements ClientTransaction<NonInviteClientTransaction.State> {

  public sealed interface State extends ClientState {
    @Override
    default boolean terminated() {
      return this instanceof Terminated;
    }
  }

  /// Nothing has come back yet: timers E and F.
  public record Trying(SipRequest request, boolean reliable, Retransmission resend)
      implements State {
    @Override
    public long wakeAtNanos() {
      return resend.wakeAtNanos();
    }
  }

  /// A provisional has come: timer E at its slowest, timer F as before.
  public record Proceeding(SipRequest request, boolean reliable, Retransmission resend)
      implements State {
    @Override
    public long wakeAtNanos() {
      return resend.wakeAtNanos();
    }
  }

  /// The final response has come; its copies are absorbed: timer K.
  public record Completed(long endAtNanos) implements State {
    @Override
    public long wakeAtNanos() {
      return endAtNanos;
    }
  }

  public record Terminated() implements State {}

  @Override
  public Step<State, ClientOut> begin(SipRequest request, boolean reliable, long nowNanos) {
    return Step.to(
        new Trying(request, reliable, Retransmission.begin(timers, reliable, nowNanos)),
        new ClientOut.Send(request));
  }

  @Override
  public Step<State, ClientOut> on(State state, ClientIn in, long nowNanos) {
    return switch (state) {
      case Trying trying -> on(trying, in, nowNanos);
      case Proceeding proceeding -> on(proceeding, in, nowNanos);
      case Completed completed -> on(completed, in, nowNanos);
      case Terminated terminated -> Step.to(terminated);
    };
  }

  private Step<State, ClientOut> on(Trying trying, ClientIn in, long nowNanos) {
    return switch (in) {
      case ClientIn.Received(SipResponse response) when response.status() < 200 ->
          Step.to(
              new Proceeding(trying.request(), trying.reliable(), slowest(trying.resend())),
              new ClientOut.Deliver(response));
      case ClientIn.Received(SipResponse response) ->
          completed(response, trying.reliable(), nowNanos);
      // RFC 3261 17.1.2.2: timer F.
      case ClientIn.Wake() when trying.resend().expired(nowNanos) -> failed(Failure.TIMEOUT);
      // RFC 3261 17.1.2.2: timer E doubles up to T2.
      case ClientIn.Wake() when trying.resend().due(nowNanos) ->
          Step.to(
              new Trying(
                  trying.request(),
                  trying.reliable(),
                  trying.resend().backedOff(timers.t2Nanos(), nowNanos)),
              new ClientOut.Send(trying.request()));
      case ClientIn.Wake(), ClientIn.Cancelled() -> Step.to(trying);
      case ClientIn.TransportFailed() -> failed(Failure.TRANSPORT);
    };
  }

  // RFC 3261 17.1.2.2: once there was a provisional, timer E is T2; the one that runs is let run.
  private Retransmission slowest(Retransmission running) {
    return new Retransmission(running.atNanos(), timers.t2Nanos(), running.giveUpAtNanos());
  }

  private Step<State, ClientOut> on(Proceeding proceeding, ClientIn in, long nowNanos) {
    return switch (in) {
      case ClientIn.Received(SipResponse response) when response.status() < 200 ->
          Step.to(proceeding, new ClientOut.Deliver(response));
      case ClientIn.Received(SipResponse response) ->
          completed(response, proceeding.reliable(), nowNanos);
      case ClientIn.Wake() when proceeding.resend().expired(nowNanos) -> failed(Failure.TIMEOUT);
      case ClientIn.Wake() when proceeding.resend().due(nowNanos) ->
          Step.to(
              new Proceeding(
                  proceeding.request(),
                  proceeding.reliable(),
                  proceeding.resend().backedOff(timers.t2Nanos(), nowNanos)),
              new ClientOut.Send(proceeding.request()));
      case ClientIn.Wake(), ClientIn.Cancelled() -> Step.to(proceeding);
      case ClientIn.TransportFailed() -> failed(Failure.TRANSPORT);
    };
  }

  private Step<State, ClientOut> completed(SipResponse response, boolean reliable, long nowNanos) {
    // RFC 3261 17.1.2.2: timer K is zero over a reliable transport.
    State next = reliable ? new Terminated() : new Completed(nowNanos + timers.t4Nanos());
    return Step.to(next, new ClientOut.Deliver(response));
  }

  private static Step<State, ClientOut> on(Completed completed, ClientIn in, long nowNanos) {
    return switch (in) {
      case ClientIn.Wake() when nowNanos >= completed.endAtNanos() -> Step.to(new Terminated());
      case ClientIn.Wake(), ClientIn.Cancelled(), ClientIn.Received _, ClientIn.TransportFailed() ->
          Step.to(completed);
    };
  }

  private static Step<State, ClientOut> failed(Failure failure) {
    return Step.to(new Terminated(), new ClientOut.Failed(failure));
  }
}
