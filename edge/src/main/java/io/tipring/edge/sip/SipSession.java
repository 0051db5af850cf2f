package io.tipring.edge.sip;

import io.tipring.core.lane.Lane.Alarm;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.wire.Step;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.SessionIn;
import io.tipring.wire.sip.dialog.SessionNotice;
import io.tipring.wire.sip.dialog.SessionOut;
import io.tipring.wire.sip.dialog.SessionState;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One INVITE session on the lane: keeps the machine's state, wakes it, and carries out what it
/// wants; notices go to its owner. Whoever tells it something from within a notice is heard after
/// the current step.
public final class SipSession {
  private final Sessions sessions;
  private final Consumer<SessionNotice> owner;
  private final Set<ClientKey> pending = new LinkedHashSet<>();
  private SessionState state;
  private FlowId flow;
  private boolean flowLost;
  private @Nullable ServerKey invite;
  private @Nullable Alarm alarm;
  private long alarmNanos = Long.MAX_VALUE;

  SipSession(Sessions sessions, FlowId flow, SessionState state, Consumer<SessionNotice> owner) {
    this.sessions = sessions;
    this.flow = flow;
    this.state = state;
    this.owner = owner;
  }

  /// The way by which the peer spoke to us last.
  public FlowId flow() {
    return flow;
  }

  public String callId() {
    return state.callId();
  }

  /// Tells the machine something; what it says to the owner comes in later turns of the same
  /// resource.
  public void tell(SessionIn in) {
    apply(sessions.machine().on(state, in, sessions.lane().nowNanos()));
  }

  void onRequest(ServerKey ref, FlowId from, SipRequest request) {
    use(from);
    sessions.remember(ref, request, this);
    tell(new SessionIn.Request(ref, request));
  }

  void onAck(FlowId from, SipRequest ack) {
    use(from);
    tell(new SessionIn.Ack(ack));
  }

  /// The connection is gone; the next request goes to the peer's Contact by a new one.
  void onFlowLost() {
    flowLost = true;
  }

  String localTag() {
    return state.localTag();
  }

  @Nullable ServerKey replaceInvite(ServerKey next) {
    ServerKey before = invite;
    invite = next;
    return before;
  }

  /// Requests of ours without a final response.
  Set<ClientKey> pending() {
    return pending;
  }

  @Nullable ServerKey invite() {
    return invite;
  }

  void apply(Step<SessionState, SessionOut> step) {
    state = step.next();
    for (SessionOut out : step.out()) {
      switch (out) {
        case SessionOut.SendRequest(ClientKey ref, SipRequest request) -> send(ref, request);
        case SessionOut.SendCancel(ClientKey ref, List<Header> headers) ->
            sessions.table().cancel(ref, headers);
        case SessionOut.SendAck(String branch, SipRequest ack) ->
            sessions.table().sendAck(hop(ack), branch, ack);
        case SessionOut.Respond(ServerKey ref, SipResponse response) ->
            sessions.table().respond(ref, response);
        case SessionNotice notice ->
            sessions.lane().post(Sessions.RESOURCE, () -> owner.accept(notice));
      }
    }
    if (state.closed()) {
      sessions.forget(this);
      setAlarm(Long.MAX_VALUE);
    } else {
      setAlarm(state.wakeAtNanos());
    }
  }

  private void send(ClientKey ref, SipRequest request) {
    sessions.remember(ref, this);
    sessions.table().send(ref, request, hop(request));
  }

  private FlowId hop(SipRequest request) {
    return NextHop.of(request, flow, flowLost, sessions.flows());
  }

  private void use(FlowId from) {
    if (!from.equals(flow)) {
      sessions.moved(this, flow, from);
      flow = from;
    }
    flowLost = false;
  }

  private void setAlarm(long atNanos) {
    if (atNanos == alarmNanos) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    alarmNanos = atNanos;
    if (atNanos != Long.MAX_VALUE) {
      alarm =
          sessions
              .lane()
              .wakeAt(
                  atNanos,
                  Sessions.RESOURCE,
                  () -> {
                    alarm = null;
                    alarmNanos = Long.MAX_VALUE;
                    tell(new SessionIn.Wake());
                  });
    }
  }
}
