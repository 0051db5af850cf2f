package io.tipring.wire.sip.transaction;

import io.tipring.wire.GeneratedDocument;
import io.tipring.wire.StateDrawing;
import io.tipring.wire.Step;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
    server(
        "invite-server-transaction",
        "INVITE server transaction",
        new InviteServerTransaction(Timers.RFC_3261),
        "INVITE");
  }

  @Test
  void nonInviteServer() {
    server(
        "non-invite-server-transaction",
        "Non-INVITE server transaction",
        new NonInviteServerTransaction(Timers.RFC_3261),
        "OPTIONS");
  }

  @Test
  void inviteClient() {
    client(
        "invite-client-transaction",
        "INVITE client transaction",
        new InviteClientTransaction(Timers.RFC_3261),
        "INVITE");
  }

  @Test
  void nonInviteClient() {
    client(
        "non-invite-client-transaction",
        "Non-INVITE client transaction",
        new NonInviteClientTransaction(Timers.RFC_3261),
        "OPTIONS");
  }

  private static <S extends ServerState> void server(
      String file, String title, ServerTransaction<S> machine, String method) {
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
    StateDrawing drawing = new StateDrawing(title);
    for (String transport : TRANSPORTS) {
      Queue<S> todo = new ArrayDeque<>();
      Set<String> done = new LinkedHashSet<>();
      S first = machine.begin(request, transport.equals("reliable"), START);
      drawing.arrow(StateDrawing.BEGIN, method, name(first), "deliver", transport);
      todo.add(first);
      for (S state = todo.poll(); state != null; state = todo.poll()) {
        if (!done.add(name(state))) {
          continue;
        }
        S from = state;
        List<Step<S, ServerOut>> steps = new ArrayList<>();
        inputs.forEach((label, in) ->
            steps.add(
                drawn(
                    drawing,
                    from,
                    label,
                    machine.on(from, in, START + 1),
                    TransactionStatesTest::server,
                    transport)));
        wakes(from.wakeAtNanos())
            .forEach((label, at) ->
                steps.add(
                    drawn(
                        drawing,
                        from,
                        label,
                        machine.on(from, new ServerIn.Wake(), at),
                        TransactionStatesTest::server,
                        transport)));
        steps.forEach(step -> todo.add(step.next()));
      }
    }
    new GeneratedDocument("states/" + file + ".md", TransactionStatesTest.class)
        .mustSay(drawing.markdown(TRANSPORTS));
  }

  private static <S extends ClientState> void client(
      String file, String title, ClientTransaction<S> machine, String method) {
    SipRequest request = Messages.request(method);
    Map<String, ClientIn> inputs = new LinkedHashMap<>();
    inputs.put("1xx", new ClientIn.Received(Messages.response(request, 180)));
    inputs.put("2xx", new ClientIn.Received(Messages.response(request, 200)));
    inputs.put("3xx-6xx", new ClientIn.Received(Messages.response(request, 486)));
    if (method.equals("INVITE")) {
      inputs.put("cancelled", new ClientIn.Cancelled());
    }
    inputs.put("transport failed", new ClientIn.TransportFailed());
    StateDrawing drawing = new StateDrawing(title);
    for (String transport : TRANSPORTS) {
      Queue<S> todo = new ArrayDeque<>();
      Set<String> done = new LinkedHashSet<>();
      Step<S, ClientOut> begun = machine.begin(request, transport.equals("reliable"), START);
      drawing.arrow(StateDrawing.BEGIN, method, name(begun.next()), client(begun.out()), transport);
      todo.add(begun.next());
      for (S state = todo.poll(); state != null; state = todo.poll()) {
        if (!done.add(name(state))) {
          continue;
        }
        S from = state;
        List<Step<S, ClientOut>> steps = new ArrayList<>();
        inputs.forEach((label, in) ->
            steps.add(
                drawn(
                    drawing,
                    from,
                    label,
                    machine.on(from, in, START + 1),
                    TransactionStatesTest::client,
                    transport)));
        wakes(from.wakeAtNanos())
            .forEach((label, at) ->
                steps.add(
                    drawn(
                        drawing,
                        from,
                        label,
                        machine.on(from, new ClientIn.Wake(), at),
                        TransactionStatesTest::client,
                        transport)));
        steps.forEach(step -> todo.add(step.next()));
      }
    }
    new GeneratedDocument("states/" + file + ".md", TransactionStatesTest.class)
        .mustSay(drawing.markdown(TRANSPORTS));
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

  private interface Outs<O> {
    String text(List<O> out);
  }

  private static <S, O> Step<S, O> drawn(
      StateDrawing drawing, S from, String label, Step<S, O> step, Outs<O> outs, String transport) {
    String out = outs.text(step.out());
    boolean known =
        label.equals("last timer") && drawing.has(name(from), "timer", name(step.next()), out);
    if (!known && (!name(from).equals(name(step.next())) || !out.isEmpty())) {
      drawing.arrow(name(from), label, name(step.next()), out, transport);
    }
    return step;
  }

  private static String name(Object state) {
    boolean cancelled =
        state instanceof InviteClientTransaction.Proceeding proceeding
            && proceeding.giveUpAtNanos() != Long.MAX_VALUE;
    return state.getClass().getSimpleName() + (cancelled ? ", cancelled" : "");
  }

  private static String server(List<ServerOut> out) {
    return String.join(", ", out.stream().map(TransactionStatesTest::text).toList());
  }

  private static String text(ServerOut out) {
    return switch (out) {
      case ServerOut.Send(SipResponse response) -> "send " + response.status();
      case ServerOut.Deliver(SipRequest ack) -> "deliver " + ack.method();
      case ServerOut.Failed(Failure failure) -> "failed: " + failure;
    };
  }

  private static String client(List<ClientOut> out) {
    return String.join(", ", out.stream().map(TransactionStatesTest::text).toList());
  }

  private static String text(ClientOut out) {
    return switch (out) {
      case ClientOut.Send(SipRequest request) -> "send " + request.method();
      case ClientOut.Deliver(SipResponse response) -> "deliver " + response.status();
      case ClientOut.Failed(Failure failure) -> "failed: " + failure;
    };
  }
}
