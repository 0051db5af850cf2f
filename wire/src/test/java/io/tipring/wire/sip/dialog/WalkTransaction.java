package io.tipring.wire.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Step;
import io.tipring.wire.sip.Method;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.ClientIn;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.ClientOut;
import io.tipring.wire.sip.transaction.ClientState;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.InviteClientTransaction;
import io.tipring.wire.sip.transaction.InviteServerTransaction;
import io.tipring.wire.sip.transaction.NonInviteClientTransaction;
import io.tipring.wire.sip.transaction.NonInviteServerTransaction;
import io.tipring.wire.sip.transaction.ServerIn;
import io.tipring.wire.sip.transaction.ServerKey;
import io.tipring.wire.sip.transaction.ServerOut;
import io.tipring.wire.sip.transaction.ServerState;
import io.tipring.wire.sip.transaction.Timers;

/// The transactions of the random walk's telephones.
final class WalkTransaction {
  private static final InviteServerTransaction INVITE_SERVER =
      new InviteServerTransaction(Timers.RFC_3261);
  private static final NonInviteServerTransaction SERVER =
      new NonInviteServerTransaction(Timers.RFC_3261);
  private static final InviteClientTransaction INVITE_CLIENT =
      new InviteClientTransaction(Timers.RFC_3261);
  private static final NonInviteClientTransaction CLIENT =
      new NonInviteClientTransaction(Timers.RFC_3261);

  private WalkTransaction() {}

  static final class Server {
    private final Walk walk;
    private final WalkPhone phone;
    private final ServerKey key;
    private ServerState state;

    Server(Walk walk, WalkPhone phone, ServerKey key, SipRequest request, boolean reliable) {
      this.walk = walk;
      this.phone = phone;
      this.key = key;
      state =
          request.method().equals(Method.INVITE)
              ? INVITE_SERVER.begin(request, reliable, walk.now)
              : SERVER.begin(request, reliable, walk.now);
      arm();
    }

    void on(ServerIn in) {
      Step<? extends ServerState, ServerOut> step =
          switch (state) {
            case InviteServerTransaction.State invite -> INVITE_SERVER.on(invite, in, walk.now);
            case NonInviteServerTransaction.State other -> SERVER.on(other, in, walk.now);
          };
      state = step.next();
      arm();
      for (ServerOut out : step.out()) {
        switch (out) {
          case ServerOut.Send(SipResponse response) -> phone.sendResponse(response);
          case ServerOut.Deliver(SipRequest ack) -> phone.acknowledged(ack);
          case ServerOut.Failed(Failure failure) ->
              walk.note(phone.name + " never acknowledged " + failure);
        }
      }
    }

    private void arm() {
      if (state.terminated()) {
        phone.servers.remove(key);
      } else if (state.wakeAtNanos() != Long.MAX_VALUE) {
        long at = state.wakeAtNanos();
        assertThat(at).as("it advances: %s", state).isGreaterThan(walk.now);
        walk.at(
            at,
            () -> {
              if (state.wakeAtNanos() == at) {
                on(new ServerIn.Wake());
              }
            });
      }
    }
  }

  static final class Client {
    final SipRequest request;
    private final Walk walk;
    private final WalkPhone phone;
    private final ClientKey key;
    private final WalkOwner owner;
    private @org.jspecify.annotations.Nullable ClientState state;

    Client(Walk walk, WalkPhone phone, ClientKey key, SipRequest request, WalkOwner owner) {
      this.walk = walk;
      this.phone = phone;
      this.key = key;
      this.request = request;
      this.owner = owner;
    }

    void begin(boolean reliable) {
      take(
          request.method().equals(Method.INVITE)
              ? INVITE_CLIENT.begin(request, reliable, walk.now)
              : CLIENT.begin(request, reliable, walk.now));
    }

    void on(ClientIn in) {
      switch (state) {
        case InviteClientTransaction.State invite -> take(INVITE_CLIENT.on(invite, in, walk.now));
        case NonInviteClientTransaction.State other -> take(CLIENT.on(other, in, walk.now));
        case null -> throw new AssertionError("not begun");
      }
    }

    private void take(Step<? extends ClientState, ClientOut> step) {
      ClientState next = step.next();
      state = next;
      arm(next);
      for (ClientOut out : step.out()) {
        switch (out) {
          case ClientOut.Send(SipRequest sent) -> phone.sendRequest(sent);
          case ClientOut.Deliver(SipResponse response) -> phone.delivered(owner, key, response);
          case ClientOut.Failed(Failure failure) -> phone.failed(owner, key, failure);
        }
      }
    }

    private void arm(ClientState next) {
      if (next.terminated()) {
        phone.clients.remove(key);
      } else if (next.wakeAtNanos() != Long.MAX_VALUE) {
        long at = next.wakeAtNanos();
        assertThat(at).as("it advances: %s", next).isGreaterThan(walk.now);
        walk.at(
            at,
            () -> {
              if (state != null && state.wakeAtNanos() == at) {
                on(new ClientIn.Wake());
              }
            });
      }
    }
  }
}
