package io.tipring.wire.sip.transaction;

import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;

/// An INVITE that we send (RFC 3261 17.1.1, figure 5, as corrected by RFC 6026 7.2).
public record InviteClientTransaction(Timers timers)
    implements ClientTransaction<InviteClientTransaction.State> {

  public sealed interface State extends ClientState {
    @Override
    default boolean terminated() {
      return this instanceof Terminated;
    }
  }

  /// Nothing has come back yet: timers A and B.
  public record Calling(SipRequest invite, boolean reliable, Retransmission resend)
      implements State {
    @Override
    public long wakeAtNanos() {
      return resend.wakeAtNanos();
    }
  }

  /// A provisional has come. How long a telephone may ring is the user's business.
  ///
  /// @param giveUpAtNanos after a CANCEL, else never
  public record Proceeding(SipRequest invite, boolean reliable, long giveUpAtNanos)
      implements State {
    @Override
    public long wakeAtNanos() {
      return giveUpAtNanos;
    }
  }

  /// A failure has come and was acknowledged; copies of it are too: timer D.
  public record Completed(SipRequest ack, long endAtNanos) implements State {
    @Override
    public long wakeAtNanos() {
      return endAtNanos;
    }
  }

  /// A 2xx has come. Its copies, and those of other forks, are the user's: timer M.
  public record Accepted(long endAtNanos) implements State {
    @Override
    public long wakeAtNanos() {
      return endAtNanos;
    }
  }

  public record Terminated() implements State {}

  @Override
  public Step<State, ClientOut> begin(SipRequest invite, boolean reliable, long nowNanos) {
    return Step.to(
        new Calling(invite, reliable, Retransmission.begin(timers, reliable, nowNanos)),
        new ClientOut.Send(invite));
  }

  @Override
  public Step<State, ClientOut> on(State state, ClientIn in, long nowNanos) {
    return switch (state) {
      case Calling calling -> on(calling, in, nowNanos);
      case Proceeding proceeding -> on(proceeding, in, nowNanos);
      case Completed completed -> on(completed, in, nowNanos);
      case Accepted accepted -> on(accepted, in, nowNanos);
      case Terminated terminated -> Step.to(terminated);
    };
  }

  private Step<State, ClientOut> on(Calling calling, ClientIn in, long nowNanos) {
    return switch (in) {
      case ClientIn.Received(SipResponse response) ->
          response.isProvisional()
              ? ringing(
                  new Proceeding(calling.invite(), calling.reliable(), Long.MAX_VALUE), response)
              : ended(response, calling.invite(), calling.reliable(), nowNanos);
      // RFC 3261 17.1.1.2: timer B.
      case ClientIn.Wake() when calling.resend().expired(nowNanos) -> failed(Failure.TIMEOUT);
      // RFC 3261 17.1.1.2: timer A doubles without T2 as a cap.
      case ClientIn.Wake() when calling.resend().due(nowNanos) ->
          Step.to(
              new Calling(
                  calling.invite(),
                  calling.reliable(),
                  calling.resend().backedOff(Long.MAX_VALUE, nowNanos)),
              new ClientOut.Send(calling.invite()));
      case ClientIn.Wake(), ClientIn.Cancelled() -> Step.to(calling);
      // RFC 3261 17.1.4
      case ClientIn.TransportFailed() -> failed(Failure.TRANSPORT);
    };
  }

  private Step<State, ClientOut> on(Proceeding proceeding, ClientIn in, long nowNanos) {
    return switch (in) {
      case ClientIn.Received(SipResponse response) ->
          response.isProvisional()
              ? ringing(proceeding, response)
              : ended(response, proceeding.invite(), proceeding.reliable(), nowNanos);
      case ClientIn.Cancelled() ->
          Step.to(
              new Proceeding(
                  proceeding.invite(), proceeding.reliable(), nowNanos + timers.timeoutNanos()));
      // RFC 3261 9.1
      case ClientIn.Wake() when nowNanos >= proceeding.giveUpAtNanos() -> failed(Failure.TIMEOUT);
      case ClientIn.Wake() -> Step.to(proceeding);
      // A late report about a copy of the INVITE: another copy has arrived, for there was an
      // answer.
      case ClientIn.TransportFailed() -> Step.to(proceeding);
    };
  }

  private static Step<State, ClientOut> ringing(Proceeding proceeding, SipResponse response) {
    return Step.to(proceeding, new ClientOut.Deliver(response));
  }

  private Step<State, ClientOut> ended(
      SipResponse response, SipRequest invite, boolean reliable, long nowNanos) {
    ClientOut deliver = new ClientOut.Deliver(response);
    if (response.isSuccess()) {
      // RFC 6026 7.2: stay for the 2xx of other forks.
      return Step.to(new Accepted(nowNanos + timers.timeoutNanos()), deliver);
    }
    SipRequest ack = Requests.ackOfFailure(invite, response);
    // RFC 3261 17.1.1.2: timer D is zero over a reliable transport.
    State next = reliable ? new Terminated() : new Completed(ack, nowNanos + timers.timerDNanos());
    return Step.to(next, new ClientOut.Send(ack), deliver);
  }

  private static Step<State, ClientOut> on(Completed completed, ClientIn in, long nowNanos) {
    return switch (in) {
      // RFC 3261 17.1.1.2: a copy of the failure is acknowledged again and not passed up.
      case ClientIn.Received(SipResponse response) when response.status() >= 300 ->
          Step.to(completed, new ClientOut.Send(completed.ack()));
      case ClientIn.Received _, ClientIn.Cancelled() -> Step.to(completed);
      case ClientIn.Wake() when nowNanos >= completed.endAtNanos() -> Step.to(new Terminated());
      case ClientIn.Wake() -> Step.to(completed);
      case ClientIn.TransportFailed() -> failed(Failure.TRANSPORT);
    };
  }

  private static Step<State, ClientOut> on(Accepted accepted, ClientIn in, long nowNanos) {
    return switch (in) {
      // RFC 6026 7.2: each 2xx goes up; the user acknowledges it.
      case ClientIn.Received(SipResponse response) when response.status() / 100 == 2 ->
          Step.to(accepted, new ClientOut.Deliver(response));
      case ClientIn.Wake() when nowNanos >= accepted.endAtNanos() -> Step.to(new Terminated());
      case ClientIn.Wake(), ClientIn.Cancelled(), ClientIn.Received _, ClientIn.TransportFailed() ->
          Step.to(accepted);
    };
  }

  private static Step<State, ClientOut> failed(Failure failure) {
    return Step.to(new Terminated(), new ClientOut.Failed(failure));
  }
}
