package io.tipring.api.script;

import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Outcome;
import io.tipring.api.Prompt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One call, in the hands of a [CallScript]. Whatever is asked is waited for, unless it is begun by
/// [#begin]. Every method but the plain getters throws [CallEnded] once the call is over,
/// [OperationFailed] when what it asks is refused or fails, and [OperationCancelled] when that is
/// ended before its end. Owner: the script's own thread.
public final class Call {
  private final Line line;

  public Call(Line line) {
    this.line = line;
  }

  public CallId id() {
    return line.snapshot().call();
  }

  /// The caller's own name or number, as claimed.
  public String from() {
    return line.snapshot().from();
  }

  /// What was dialled.
  public String to() {
    return line.snapshot().to();
  }

  /// Tells the caller that the phone rings.
  public void ring() {
    perform(new Operation.Ring());
  }

  /// Picks up, and waits until the caller has confirmed it.
  public void answer() {
    perform(new Operation.Answer());
  }

  /// Refuses a call that is not answered.
  ///
  /// @param status SIP status 400..699
  public void reject(int status) {
    perform(new Operation.Reject(status));
  }

  /// Speaks, and waits until it was heard.
  public void say(String text) {
    perform(new Operation.Say(text));
  }

  /// Plays, and waits until it was heard; see [Operation.Play] for what a URL may be.
  public void play(String... urls) {
    perform(new Operation.Play(urls));
  }

  public void pause(Duration duration) {
    perform(new Operation.Pause(duration));
  }

  /// Speaks `prompt` and collects keys; a key ends the prompt.
  public Outcome.Gathered gather(String prompt, Digits digits) {
    return gather(new Operation.Gather(digits, new Prompt.Speech(prompt)));
  }

  public Outcome.Gathered gather(Operation.Gather gather) {
    return (Outcome.Gathered) perform(gather);
  }

  /// Lets the caller hear himself for so long.
  public void echo(Duration duration) {
    Pending echo = begin(new Operation.Echo());
    sleep(duration);
    echo.cancel();
  }

  public void sendDigits(String digits) {
    perform(new Operation.SendDigits(digits));
  }

  /// Hands the call to another application; throws [CallEnded] when that has happened.
  public void redirect(String application) {
    perform(new Operation.Redirect(application));
  }

  public void hangUp() {
    perform(new Operation.HangUp());
  }

  /// Asks, and does not wait.
  public Pending begin(Operation operation) {
    return new Pending(line, line.begin(operation));
  }

  /// Asks, and waits for the end.
  public Outcome perform(Operation operation) {
    return line.await(line.begin(operation));
  }

  /// Waits for the next event of the call, at most so long.
  public Optional<Event> next(Duration patience) {
    return line.next(patience);
  }

  /// Does nothing for so long; what happens meanwhile is passed over.
  public void sleep(Duration duration) {
    long end = clock().millis() + duration.toMillis();
    for (long left = duration.toMillis(); left > 0; left = end - clock().millis()) {
      var _ = next(Duration.ofMillis(left));
    }
  }

  public InstantSource clock() {
    return line.clock();
  }

  public RandomGenerator random() {
    return line.random();
  }

  public Web http() {
    return line.web();
  }
}
