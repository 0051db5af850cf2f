package io.tipring.wire.sip.transaction;

import io.tipring.wire.Step;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// An INVITE that came (RFC 3261 17.2.1, figure 7, as corrected by RFC 6026 7.1).
public record InviteServerTransaction(Timers timers)
    implements ServerTransaction<InviteServerTransaction.State> {

  public sealed interface State extends ServerState {
    @Override
    default boolean terminated() {
      return this instanceof Terminated;
    }
  }

  /// The RFC's *Proceeding*, nothing sent yet: 100 goes out when the user takes its time.
  public record Arrived(SipRequest invite, boolean reliable, long tryingAtNanos) implements State {
    @Override
    public long wakeAtNanos() {
      return tryingAtNanos;
    }
  }

  /// A provisional has been sent.
  public record Proceeding(SipResponse latest, boolean reliable) implements State {}

  /// A non-2xx final has been sent and waits for its ACK: timers G and H.
  public record Completed(SipResponse last, boolean reliable, Retransmission resend)
      implements State {
    @Override
    public long wakeAtNanos() {
      return resend.wakeAtNanos();
    }
  }

  /// The ACK has come; its copies are absorbed: timer I.
  public record Confirmed(long endAtNanos) implements State {
    @Override
    public long wakeAtNanos() {
      return endAtNanos;
    }
  }

  /// A 2xx has been sent, which the user repeats; copies of the INVITE are absorbed: timer L.
  public record Accepted(long endAtNanos) implements State {
    @Override
    public long wakeAtNanos() {
      return endAtNanos;
    }
  }

  public record Terminated() implements State {}

  @Override
  public State begin(SipRequest invite, boolean reliable, long nowNanos) {
    return new Arrived(invite, reliable, nowNanos + Timers.TRYING_NANOS);
  }

  @Override
  public Step<State, ServerOut> on(State state, ServerIn in, long nowNanos) {
    return switch (state) {
      case Arrived arrived -> on(arrived, in, nowNanos);
      case Proceeding proceeding -> on(proceeding, in, nowNanos);
      case Completed completed -> on(completed, in, nowNanos);
      case Confirmed confirmed -> on(confirmed, in, nowNanos);
      case Accepted accepted -> on(accepted, in, nowNanos);
      case Terminated terminated -> Step.to(terminated);
    };
  }

  private Step<State, ServerOut> on(Arrived arrived, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Respond(SipResponse response) ->
          respond(response, arrived.reliable(), nowNanos);
      // RFC 3261 17.2.1: unless the user answers within 200 ms, the transaction says 100 itself.
      case ServerIn.Wake() when nowNanos >= arrived.tryingAtNanos() -> {
        SipResponse trying = SipResponse.to(arrived.invite(), 100);
        yield Step.to(new Proceeding(trying, arrived.reliable()), new ServerOut.Send(trying));
      }
      case ServerIn.Received _, ServerIn.Wake() -> Step.to(arrived);
      case ServerIn.TransportFailed() -> unsent(arrived);
    };
  }

  private Step<State, ServerOut> on(Proceeding proceeding, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Respond(SipResponse response) ->
          respond(response, proceeding.reliable(), nowNanos);
      // RFC 3261 17.2.1: a copy of the INVITE gets the latest provisional again.
      case ServerIn.Received(SipRequest request) when request.method().equals(Method.INVITE) ->
          Step.to(proceeding, new ServerOut.Send(proceeding.latest()));
      case ServerIn.Received _, ServerIn.Wake() -> Step.to(proceeding);
      case ServerIn.TransportFailed() -> unsent(proceeding);
    };
  }

  private Step<State, ServerOut> respond(SipResponse response, boolean reliable, long nowNanos) {
    ServerOut send = new ServerOut.Send(response);
    if (response.status() < 200) {
      return Step.to(new Proceeding(response, reliable), send);
    }
    if (response.status() < 300) {
      // RFC 6026 7.1: not straight to Terminated, else a copy of the INVITE would be a new call.
      return Step.to(new Accepted(nowNanos + timers.timeoutNanos()), send);
    }
    return Step.to(
        new Completed(response, reliable, Retransmission.begin(timers, reliable, nowNanos)), send);
  }

  private Step<State, ServerOut> on(Completed completed, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Received(SipRequest request) when request.method().equals(Method.ACK) ->
          // RFC 3261 17.2.1: timer I is zero over a reliable transport.
          Step.to(
              completed.reliable() ? new Terminated() : new Confirmed(nowNanos + timers.t4Nanos()));
      case ServerIn.Received _ -> Step.to(completed, new ServerOut.Send(completed.last()));
      // RFC 3261 17.2.1: timer H.
      case ServerIn.Wake() when completed.resend().expired(nowNanos) ->
          Step.to(new Terminated(), new ServerOut.Failed(Failure.TIMEOUT));
      // RFC 3261 17.2.1: timer G.
      case ServerIn.Wake() when completed.resend().due(nowNanos) ->
          Step.to(
              new Completed(
                  completed.last(),
                  completed.reliable(),
                  completed.resend().backedOff(timers.t2Nanos(), nowNanos)),
              new ServerOut.Send(completed.last()));
      // RFC 3261 17.2.1: any other final response of the user is thrown away.
      case ServerIn.Wake(), ServerIn.Respond _ -> Step.to(completed);
      case ServerIn.TransportFailed() -> unsent(completed);
    };
  }

  private static Step<State, ServerOut> on(Confirmed confirmed, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Wake() when nowNanos >= confirmed.endAtNanos() -> Step.to(new Terminated());
      // RFC 3261 17.2.1: absorbed.
      case ServerIn.Wake(), ServerIn.Received _, ServerIn.Respond _, ServerIn.TransportFailed() ->
          Step.to(confirmed);
    };
  }

  private static Step<State, ServerOut> on(Accepted accepted, ServerIn in, long nowNanos) {
    return switch (in) {
      case ServerIn.Respond(SipResponse response) when response.status() / 100 == 2 ->
          Step.to(accepted, new ServerOut.Send(response));
      // RFC 6026 7.1: an ACK that matches is the user's business.
      case ServerIn.Received(SipRequest request) when request.method().equals(Method.ACK) ->
          Step.to(accepted, new ServerOut.Deliver(request));
      case ServerIn.Wake() when nowNanos >= accepted.endAtNanos() -> Step.to(new Terminated());
      case ServerIn.Wake(), ServerIn.Received _, ServerIn.Respond _ -> Step.to(accepted);
      case ServerIn.TransportFailed() -> unsent(accepted);
    };
  }

  // RFC 6026 7.1, 8.8: the user is told and the state stays, or a copy of the INVITE would be a new
  // call.
  private static Step<State, ServerOut> unsent(State state) {
    return Step.to(state, new ServerOut.Failed(Failure.TRANSPORT));
  }
}
