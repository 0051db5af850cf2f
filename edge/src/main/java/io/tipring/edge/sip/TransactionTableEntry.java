package io.tipring.edge.sip;

import io.tipring.core.lane.Lane;
import io.tipring.edge.sip.transport.FlowId;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ClientState;
import io.tipring.wire.sip.transaction.ClientTransaction;
import io.tipring.wire.sip.transaction.ServerKey;
import io.tipring.wire.sip.transaction.ServerState;
import io.tipring.wire.sip.transaction.ServerTransaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One live transaction: its machine's state, and what the machine does not know: flow, alarm, the
/// table's own deadline. Touched by its table only.
abstract sealed class TransactionTableEntry {
  Lane.@Nullable Alarm alarm;
  long alarmAtNanos;

  /// A final response has come or gone.
  abstract boolean answered();

  /// Notes that.
  abstract void answer();

  /// The flow that it sends to.
  abstract FlowId way();

  abstract TransactionMeter begun();

  abstract TransactionMeter ended();

  static final class Client<S extends ClientState> extends TransactionTableEntry {
    final ClientKey key;
    final FlowId flow;

    /// As it was sent: CANCEL is made from it. Null once answered, for its transaction may live for
    /// another 32 s.
    @Nullable SipRequest request;

    final ClientTransaction<S> machine;
    S state;

    /// Where the latest response came from.
    FlowId answeredBy;

    Client(ClientKey key, FlowId flow, SipRequest request, ClientTransaction<S> machine, S state) {
      this.key = key;
      this.flow = flow;
      this.request = request;
      this.machine = machine;
      this.state = state;
      answeredBy = flow;
    }

    @Override
    FlowId way() {
      return flow;
    }

    @Override
    boolean answered() {
      return request == null;
    }

    @Override
    void answer() {
      request = null;
    }

    @Override
    TransactionMeter begun() {
      return key.method().equals(Method.INVITE)
          ? TransactionMeter.INVITE_CLIENT_BEGUN
          : TransactionMeter.NON_INVITE_CLIENT_BEGUN;
    }

    @Override
    TransactionMeter ended() {
      return key.method().equals(Method.INVITE)
          ? TransactionMeter.INVITE_CLIENT_ENDED
          : TransactionMeter.NON_INVITE_CLIENT_ENDED;
    }
  }

  static final class Server<S extends ServerState> extends TransactionTableEntry {
    final ServerKey key;

    /// Where the request came from.
    final FlowId flow;

    /// Where responses go (RFC 3261 18.2.2).
    final FlowId back;

    /// Null once answered, for its transaction may live for another 32 s.
    @Nullable SipRequest request;

    final ServerTransaction<S> machine;
    S state;

    /// When the table answers in the user's place.
    long deadlineNanos = Long.MAX_VALUE;

    @Nullable RequestIdentity identity;

    /// The tag that the user put on its latest response.
    Optional<String> toTag = Optional.empty();

    Server(
        ServerKey key,
        FlowId flow,
        FlowId back,
        SipRequest request,
        ServerTransaction<S> machine,
        S state) {
      this.key = key;
      this.flow = flow;
      this.back = back;
      this.request = request;
      this.machine = machine;
      this.state = state;
    }

    @Override
    FlowId way() {
      return back;
    }

    @Override
    boolean answered() {
      return request == null;
    }

    @Override
    void answer() {
      request = null;
      deadlineNanos = Long.MAX_VALUE;
    }

    @Override
    TransactionMeter begun() {
      return key.method().equals(Method.INVITE)
          ? TransactionMeter.INVITE_SERVER_BEGUN
          : TransactionMeter.NON_INVITE_SERVER_BEGUN;
    }

    @Override
    TransactionMeter ended() {
      return key.method().equals(Method.INVITE)
          ? TransactionMeter.INVITE_SERVER_ENDED
          : TransactionMeter.NON_INVITE_SERVER_ENDED;
    }
  }
}
