package io.tipring.wire.sip.transaction;

import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// Any request but INVITE and ACK that came (RFC 3261 17.2.2, figure 8).
public record NonInviteServerTransaction(Timers timers)
    implements ServerTransaction<NonInviteServerTransaction.State> {

  public sealed interface State extends ServerState {
    @Override
    default boolean terminated() {
      return this instanceof Terminated;
    }
  }

  /// Nothing sent yet; copies are absorbed.
  public record Trying(boolean reliable) implements State {}

  /// A provisional has been sent.
  public record Proceeding(SipResponse latest, boolean reliable) implements State {}

  /// The final response has been sent and answers every copy of the request: timer J.
  public record Completed(SipResponse last, long endAtNanos) implements State {
    @Override
    public long wakeAtNanos() {
      return endAtNanos;
    }
  }

  public record Terminated() implements State {}

  @Override
  public State begin(SipRequest request, boolean reliable, long nowNanos) {
    return new Trying(reliable);
  }

  @Override
  public Step<State, ServerOut> on(State state, ServerIn in, long nowNanos) {
    return switch (state) {
      case Trying trying -> on(trying, in, nowNanos);
      case Proceeding proceeding -> on(proceeding, in, nowNanos);
      case Completed completed -> on(completed, in, nowNanos);
      case Terminated terminated -> Step.to(terminated);
    };
  }

  private Step<State, ServerOut> on(Trying trying, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Respond(SipResponse response) -> respond(response, trying.reliable(), nowNanos);
      // RFC 3261 17.2.2: a copy is thrown away.
      case ServerIn.Received _, ServerIn.Wake() -> Step.to(trying);
      case ServerIn.TransportFailed() -> unsent(trying);
    };
  }

  private Step<State, ServerOut> on(Proceeding proceeding, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Respond(SipResponse response) ->
          respond(response, proceeding.reliable(), nowNanos);
      // RFC 3261 17.2.2: a copy gets the latest provisional again.
      case ServerIn.Received _ -> Step.to(proceeding, new ServerOut.Send(proceeding.latest()));
      case ServerIn.Wake() -> Step.to(proceeding);
      case ServerIn.TransportFailed() -> unsent(proceeding);
    };
  }

  private Step<State, ServerOut> respond(SipResponse response, boolean reliable, long nowNanos) {
    ServerOut send = new ServerOut.Send(response);
    if (response.status() < 200) {
      return Step.to(new Proceeding(response, reliable), send);
    }
    // RFC 3261 17.2.2: timer J is zero over a reliable transport.
    return Step.to(
        reliable ? new Terminated() : new Completed(response, nowNanos + timers.timeoutNanos()),
        send);
  }

  private static Step<State, ServerOut> on(Completed completed, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Received _ -> Step.to(completed, new ServerOut.Send(completed.last()));
      case ServerIn.Wake() when nowNanos >= completed.endAtNanos() -> Step.to(new Terminated());
      // RFC 3261 17.2.2: any other final response of the user is thrown away.
      case ServerIn.Wake(), ServerIn.Respond _ -> Step.to(completed);
      case ServerIn.TransportFailed() -> unsent(completed);
    };
  }

  // RFC 6026 8.8: the user is told and the state stays, or a copy of the request would be a new
  // one.
  private static Step<State, ServerOut> unsent(State state) {
    return Step.to(state, new ServerOut.Failed(Failure.TRANSPORT));
  }
}
