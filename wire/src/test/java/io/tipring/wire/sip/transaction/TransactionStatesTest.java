package io.tipring.wire.sip.transaction;

import io.tipring.wire.GeneratedDocument;
import io.tipring.wire.StateDrawing;
import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Draws docs/states/ of the four transactions by walking each through everything that can happen.
class TransactionStatesTest {
  private static final long START = 1_000_000_000_000L;
  private static final long LATER = START * 2;
  private static final Set<String> TRANSPORTS =
      new LinkedHashSet<>(List.of("unreliable", "reliable"));

  @Test
  void inviteServer() {
    draw(
        "invite-server-transaction",
        "INVITE server transaction",
        new Server<>(new InviteServerTransaction(Timers.RFC_3261), "INVITE"));
  }

  @Test
  void nonInviteServer() {
    draw(
        "non-invite-server-transaction",
        "Non-INVITE server transaction",
        new Server<>(new NonInviteServerTransaction(Timers.RFC_3261), "OPTIONS"));
  }

  @Test
  void inviteClient() {
    draw(
        "invite-client-transaction",
        "INVITE client transaction",
        new Client<>(new InviteClientTransaction(Timers.RFC_3261), "INVITE"));
  }

  @Test
  void nonInviteClient() {
    draw(
        "non-invite-client-transaction",
        "Non-INVITE client transaction",
        new Client<>(new NonInviteClientTransaction(Timers.RFC_3261), "OPTIONS"));
  }

  /// One of the machines, with all that can be said to it.
  private interface Machine<S, I, O> {
    String method();

    Step<S, O> begin(boolean reliable);

    /// By what the drawing calls them; without the timers.
    Map<String, I> inputs();

    I wake();

    long wakeAtNanos(S state);

    Step<S, O> on(S state, I in, long nowNanos);

    String text(O out);
  }

  private record Server<S extends ServerState>(ServerTransaction<S> machine, String method)
      implements Machine<S, ServerIn, ServerOut> {
    @Override
    public Step<S, ServerOut> begin(boolean reliable) {
      SipRequest request = Messages.request(method);
      return new Step<>(
          machine.begin(request, reliable, START), List.of(new ServerOut.Deliver(request)));
    }

    @Override
    public Map<String, ServerIn> inputs() {
      SipRequest request = Messages.request(method);
      Map<String, ServerIn> inputs = new LinkedHashMap<>();
      inputs.put(method, new ServerIn.Received(request));
      if (method.equals("INVITE")) {
        inputs.put("ACK", new ServerIn.Received(Messages.request("ACK")));
      }
      inputs.put("answer 1xx", new ServerIn.Respond(Messages.response(request, 180)));
      inputs.put("answer 2xx", new ServerIn.Respond(Messages.response(request, 200)));
      inputs.put("answer 3xx-6xx", new ServerIn.Respond(Messages.response(request, 486)));
      inputs.put("transport failed", new ServerIn.TransportFailed());
      return inputs;
    }

    @Override
    public ServerIn wake() {
      return new ServerIn.Wake();
    }

    @Override
    public long wakeAtNanos(S state) {
      return state.wakeAtNanos();
    }

    @Override
    public Step<S, ServerOut> on(S state, ServerIn in, long nowNanos) {
      return machine.on(state, in, nowNanos);
    }

    @Override
    public String text(ServerOut out) {
      return switch (out) {
        case ServerOut.Send(SipResponse response) -> "send " + response.status();
        case ServerOut.Deliver(SipRequest request) -> "deliver " + request.method();
        case ServerOut.Failed(Failure failure) -> "failed: " + failure;
      };
    }
  }

  private record Client<S extends ClientState>(ClientTransaction<S> machine, String method)
      implements Machine<S, ClientIn, ClientOut> {
    @Override
    public Step<S, ClientOut> begin(boolean reliable) {
      return machine.begin(Messages.request(method), reliable, START);
    }

    @Override
    public Map<String, ClientIn> inputs() {
      SipRequest request = Messages.request(method);
      Map<String, ClientIn> inputs = new LinkedHashMap<>();
      inputs.put("1xx", new ClientIn.Received(Messages.response(request, 180)));
      inputs.put("2xx", new ClientIn.Received(Messages.response(request, 200)));
      inputs.put("3xx-6xx", new ClientIn.Received(Messages.response(request, 486)));
      if (method.equals("INVITE")) {
        inputs.put("cancelled", new ClientIn.Cancelled());
      }
      inputs.put("transport failed", new ClientIn.TransportFailed());
      return inputs;
    }

    @Override
    public ClientIn wake() {
      return new ClientIn.Wake();
    }

    @Override
    public long wakeAtNanos(S state) {
      return state.wakeAtNanos();
    }

    @Override
    public Step<S, ClientOut> on(S state, ClientIn in, long nowNanos) {
      return machine.on(state, in, nowNanos);
    }

    @Override
    public String text(ClientOut out) {
      return switch (out) {
        case ClientOut.Send(SipRequest request) -> "send " + request.method();
        case ClientOut.Deliver(SipResponse response) -> "deliver " + response.status();
        case ClientOut.Failed(Failure failure) -> "failed: " + failure;
      };
    }
  }

  /// Walks the machine from its beginning until no new state comes.
  private static <S, I, O> void draw(String file, String title, Machine<S, I, O> machine) {
    StateDrawing drawing = new StateDrawing(title);
    for (String transport : TRANSPORTS) {
      Step<S, O> begun = machine.begin(transport.equals("reliable"));
      drawing.arrow(
          StateDrawing.BEGIN,
          machine.method(),
          name(begun.next()),
          text(machine, begun.out()),
          transport);
      Queue<S> todo = new ArrayDeque<>(List.of(begun.next()));
      Set<String> done = new LinkedHashSet<>();
      for (S state = todo.poll(); state != null; state = todo.poll()) {
        if (done.add(name(state))) {
          todo.addAll(drawn(drawing, machine, state, transport));
        }
      }
    }
    new GeneratedDocument("states/" + file + ".md", TransactionStatesTest.class)
        .mustSay(drawing.markdown(TRANSPORTS));
  }

  /// Draws every arrow out of `from`.
  ///
  /// @return where they lead
  private static <S, I, O> List<S> drawn(
      StateDrawing drawing, Machine<S, I, O> machine, S from, String transport) {
    Map<String, Step<S, O>> steps = new LinkedHashMap<>();
    machine.inputs().forEach((label, in) -> steps.put(label, machine.on(from, in, START + 1)));
    wakes(machine.wakeAtNanos(from))
        .forEach((label, at) -> steps.put(label, machine.on(from, machine.wake(), at)));
    steps.forEach((label, step) -> {
      String to = name(step.next());
      String out = text(machine, step.out());
      boolean known = label.equals("last timer") && drawing.has(name(from), "timer", to, out);
      if (!known && (!name(from).equals(to) || !out.isEmpty())) {
        drawing.arrow(name(from), label, to, out, transport);
      }
    });
    return steps.values().stream().map(Step::next).toList();
  }

  /// When to wake it: at its next timer, and long after its last.
  private static Map<String, Long> wakes(long wakeAtNanos) {
    Map<String, Long> wakes = new LinkedHashMap<>();
    if (wakeAtNanos != Long.MAX_VALUE) {
      wakes.put("timer", wakeAtNanos);
      wakes.put("last timer", LATER);
    }
    return wakes;
  }

  private static String name(Object state) {
    boolean cancelled =
        state instanceof InviteClientTransaction.Proceeding proceeding
            && proceeding.giveUpAtNanos() != Long.MAX_VALUE;
    return state.getClass().getSimpleName() + (cancelled ? ", cancelled" : "");
  }

  private static <O> String text(Machine<?, ?, O> machine, List<O> out) {
    return String.join(", ", out.stream().map(machine::text).toList());
  }
}
