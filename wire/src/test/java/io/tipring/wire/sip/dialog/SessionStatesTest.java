package io.tipring.wire.sip.dialog;

import io.tipring.wire.GeneratedDocument;
import io.tipring.wire.StateDrawing;
import io.tipring.wire.Step;
import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.Header;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.dialog.Change.Ours;
import io.tipring.wire.sip.dialog.Change.Theirs;
import io.tipring.wire.sip.transaction.ClientKey;
import io.tipring.wire.sip.transaction.Failure;
import io.tipring.wire.sip.transaction.ServerKey;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/// Draws docs/states/invite-session.md by walking the session, called and calling, through
/// everything that can happen.
class SessionStatesTest {
  private static final long START = 1_000 * Talk.SECOND;
  private static final Set<String> SIDES = new LinkedHashSet<>(List.of("callee", "caller"));

  private static final List<String> CHANGES =
      List.of(
          "Reinvite",
          "Reinvite without offer",
          "Update",
          "AcceptChange",
          "RefuseChange",
          "INVITE",
          "UPDATE");

  private final InviteSession machine = new InviteSession(SessionSettings.USUAL, new Counted());

  /// From the INVITE to the end, changes aside.
  @Test
  void inviteSession() {
    StateDrawing drawing = new StateDrawing("INVITE session");
    Step<SessionState, SessionOut> called = called();
    drawing.arrow(StateDrawing.BEGIN, "INVITE", label(called.next()), text(called.out()), "callee");
    walk(drawing, called.next(), "callee", SessionStatesTest::isAboutNoChange);
    Step<SessionState, SessionOut> calling = calling();
    drawing.arrow(StateDrawing.BEGIN, "call", label(calling.next()), text(calling.out()), "caller");
    walk(drawing, calling.next(), "caller", SessionStatesTest::isAboutNoChange);
    new GeneratedDocument("states/invite-session.md", SessionStatesTest.class)
        .mustSay(drawing.markdown(SIDES));
  }

  /// Changes of an answered call, one at a time.
  @Test
  void sessionChange() {
    StateDrawing drawing = new StateDrawing("Changes of a session: re-INVITE and UPDATE");
    SessionState answered =
        machine.on(called().next(), new SessionCommand.Answer(Talk.ANSWER), START).next();
    SessionState callee =
        machine.on(answered, new SessionIn.Ack(request(answered, "ACK", Body.EMPTY)), START).next();
    SessionState ringing = calling().next();
    SipResponse ok = response(pending(ringing).orElseThrow(), 200);
    SessionState caller =
        machine
            .on(ringing, new SessionIn.Response(pending(ringing).orElseThrow().ref(), ok), START)
            .next();
    walk(drawing, callee, "callee", SessionStatesTest::isAboutOneChange);
    walk(drawing, caller, "caller", SessionStatesTest::isAboutOneChange);
    new GeneratedDocument("states/session-change.md", SessionStatesTest.class)
        .mustSay(drawing.markdown(SIDES));
  }

  private static boolean isAboutNoChange(SessionState state, String in) {
    boolean none =
        !(state instanceof Established established) || established.usage().change().idle();
    return none && !CHANGES.contains(in);
  }

  private static boolean isAboutOneChange(SessionState state, String in) {
    boolean one =
        state instanceof Established established
            && (established.usage().change().ours() instanceof Ours.None
                || established.usage().change().theirs() instanceof Theirs.None);
    return one && !List.of("HangUp", "BYE", "PRACK", "INFO").contains(in);
  }

  private Step<SessionState, SessionOut> called() {
    SipRequest invite =
        Talk.request("INVITE", 1, "a", "", Talk.OFFER, "Supported: 100rel, timer", "Allow: UPDATE");
    return machine.offered(ServerKey.of(invite), invite, Talk.CONTACT, START);
  }

  private Step<SessionState, SessionOut> calling() {
    Target target =
        new Target(
            Talk.CONTACT.uri(), Talk.CONTACT, Talk.CONTACT, Talk.CONTACT, List.of(), List.of());
    return machine.call(target, Talk.OFFER, START);
  }

  private void walk(
      StateDrawing drawing,
      SessionState first,
      String side,
      BiPredicate<SessionState, String> interesting) {
    Queue<SessionState> todo = new ArrayDeque<>(List.of(first));
    Set<String> done = new LinkedHashSet<>();
    for (SessionState state = todo.poll(); state != null; state = todo.poll()) {
      SessionState from = state;
      if (!done.add(label(from))) {
        continue;
      }
      Map<String, SessionIn> inputs = commands();
      inputs.putAll(arrivals(from));
      inputs.forEach((name, in) -> {
        if (interesting.test(from, name)) {
          todo.add(step(drawing, from, name, in, START + 1, side));
        }
      });
      if (from.wakeAtNanos() != Long.MAX_VALUE && interesting.test(from, "timer")) {
        todo.add(step(drawing, from, "timer", new SessionIn.Wake(), from.wakeAtNanos(), side));
        todo.add(step(drawing, from, "last timer", new SessionIn.Wake(), START * 10, side));
      }
    }
  }

  private SessionState step(
      StateDrawing drawing, SessionState from, String name, SessionIn in, long now, String side) {
    Step<SessionState, SessionOut> step = machine.on(from, in, now);
    String out = text(step.out());
    boolean known =
        name.equals("last timer") && drawing.has(label(from), "timer", label(step.next()), out);
    if (!known && (!label(from).equals(label(step.next())) || !out.isEmpty())) {
      drawing.arrow(label(from), name, label(step.next()), out, side);
    }
    return step.next();
  }

  private static Map<String, SessionIn> commands() {
    Map<String, SessionIn> commands = new LinkedHashMap<>();
    commands.put("Progress 180", new SessionCommand.Progress(180, Body.EMPTY));
    commands.put("Progress 183 with body", new SessionCommand.Progress(183, Talk.ANSWER));
    commands.put("Answer", new SessionCommand.Answer(Talk.ANSWER));
    commands.put("Reject", new SessionCommand.Reject(486));
    commands.put("HangUp", new SessionCommand.HangUp());
    commands.put("Reinvite", new SessionCommand.Reinvite(Talk.OFFER));
    commands.put("Reinvite without offer", new SessionCommand.Reinvite(Body.EMPTY));
    commands.put("Update", new SessionCommand.Update(Talk.OFFER));
    commands.put("AcceptChange", new SessionCommand.AcceptChange(Talk.ANSWER));
    commands.put("RefuseChange", new SessionCommand.RefuseChange(488));
    commands.put(
        "Retry", new SessionCommand.Retry(List.of(new Header("Authorization", "Digest x"))));
    return commands;
  }

  private static Map<String, SessionIn> arrivals(SessionState state) {
    Map<String, SessionIn> arrivals = new LinkedHashMap<>();
    for (String method : List.of("BYE", "CANCEL", "INVITE", "UPDATE", "INFO")) {
      Body body = method.equals("INVITE") || method.equals("UPDATE") ? Talk.OFFER : Body.EMPTY;
      SipRequest request = request(state, method, body);
      arrivals.put(method, new SessionIn.Request(ServerKey.of(request), request));
    }
    SipRequest prack = request(state, "PRACK", Body.EMPTY);
    prack = prack.withHeaders(prack.headers().with("RAck", rseq(state) + " 1 INVITE"));
    arrivals.put("PRACK", new SessionIn.Request(ServerKey.of(prack), prack));
    arrivals.put("ACK", new SessionIn.Ack(request(state, "ACK", Talk.ANSWER)));
    pending(state)
        .ifPresent(sent -> {
          for (int status : new int[] {180, 200, 401, 481, 486, 491}) {
            arrivals.put(
                Integer.toString(status),
                new SessionIn.Response(sent.ref(), response(sent, status)));
          }
          arrivals.put("timeout", new SessionIn.ClientFailed(sent.ref(), Failure.TIMEOUT));
        });
    return arrivals;
  }

  private static SipRequest request(SessionState state, String method, Body body) {
    long seq =
        switch (state) {
          case Established(Usage usage, _, Confirmation.Awaited awaited, _, _)
              when !method.equals("ACK") ->
              Math.max(awaited.seq(), usage.dialog().remoteSeq()) + 1;
          case Established(_, _, Confirmation.Awaited awaited, _, _) -> awaited.seq();
          case Established(_, _, Confirmation.AwaitedToHangUp hanging, _, _)
              when method.equals("ACK") ->
              hanging.awaited().seq();
          case Established(Usage usage, _, _, _, _) when method.equals("CANCEL") ->
              usage.dialog().remoteSeq();
          case Established(Usage usage, _, _, _, _) -> usage.dialog().remoteSeq() + 1;
          case Incoming _, Outgoing _, Challenged _, Farewell _, SessionState.Closed _ -> 2;
        };
    SipRequest request = Talk.request(method, Math.max(seq, 1), "a", state.localTag(), body);
    return request.withHeaders(request.headers().replaced("Call-ID", state.callId()));
  }

  private static String rseq(SessionState state) {
    return state instanceof Incoming incoming ? Long.toString(incoming.provisionals().rseq()) : "1";
  }

  private static Optional<SessionOut.SendRequest> pending(SessionState state) {
    return switch (state) {
      case Outgoing outgoing ->
          Optional.of(
              new SessionOut.SendRequest(outgoing.caller().ref(), outgoing.caller().invite()));
      case Established established -> pending(established.usage());
      case Incoming incoming -> pending(incoming.usage());
      case Farewell _, Challenged _, SessionState.Closed _ -> Optional.empty();
    };
  }

  private static Optional<SessionOut.SendRequest> pending(Usage usage) {
    return usage.change().ours() instanceof Ours.Sent sent
        ? Optional.of(new SessionOut.SendRequest(sent.ref(), sent.request()))
        : Optional.empty();
  }

  private static SipResponse response(SessionOut.SendRequest to, int status) {
    SipResponse response = SipResponse.to(to.request(), status).withToTag("a");
    var headers =
        response.headers().with("Contact", "<sip:them@192.0.2.2>").with("Allow", "UPDATE");
    return status == 200
        ? response.withHeaders(headers).withBody(Talk.ANSWER)
        : response.withHeaders(headers);
  }

  private static String label(SessionState state) {
    return switch (state) {
      case Incoming incoming ->
          "Incoming"
              + (incoming.provisionals().outstanding() ? ", PRACK awaited" : "")
              + change(incoming.usage());
      case Outgoing outgoing ->
          "Outgoing"
              + switch (outgoing.cancelling()) {
                case Outgoing.Cancelling.No(boolean provisional) -> provisional ? ", ringing" : "";
                case Outgoing.Cancelling.Wanted _ -> ", cancel wanted";
                case Outgoing.Cancelling.Sent _ -> ", cancelled";
              };
      case Challenged _ -> "Challenged";
      case Established established ->
          "Established"
              + switch (established.confirmation()) {
                case Confirmation.Settled _ -> "";
                case Confirmation.Owed _ -> ", answer owed";
                case Confirmation.Awaited _ -> ", ACK awaited";
                case Confirmation.AwaitedToHangUp _ -> ", hanging up";
              }
              + change(established.usage());
      case Farewell _ -> "Farewell";
      case SessionState.Closed _ -> "Closed";
    };
  }

  private static String change(Usage usage) {
    String ours =
        switch (usage.change().ours()) {
          case Ours.None _ -> "";
          case Ours.Sent sent -> ", our " + sent.ref().method();
          case Ours.Waiting _ -> ", waiting to retry";
          case Ours.Challenged _ -> ", change challenged";
        };
    return ours
        + switch (usage.change().theirs()) {
          case Theirs.None _ -> "";
          case Theirs.Pending pending -> ", their " + pending.request().method();
        };
  }

  private static String text(List<SessionOut> out) {
    return String.join(", ", out.stream().map(SessionStatesTest::text).toList());
  }

  private static String text(SessionOut out) {
    return switch (out) {
      case SessionOut.SendRequest(_, SipRequest request) -> "send " + request.method();
      case SessionOut.SendCancel(ClientKey _, List<Header> _) -> "send CANCEL";
      case SessionOut.SendAck _ -> "send ACK";
      case SessionOut.Respond(_, SipResponse response) ->
          response.status() + " to " + response.headers().cseq().method();
      case SessionNotice.Ended(EndCause cause, _, _) -> "*Ended " + cause + "*";
      case SessionNotice notice -> "*" + notice.getClass().getSimpleName() + "*";
    };
  }
}
