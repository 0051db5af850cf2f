package io.tipring.api.script;

import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Outcome;
import io.tipring.api.Prompt;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One call, in the hands of a [CallScript]. Whatever is asked is waited for, unless it is begun by
/// [#begin]. What asks or waits throws [CallEnded] once the call is over, [OperationFailed] when
/// what it asks is refused or fails, and [OperationCancelled] when that is ended before its end.
/// Owner: the script's own thread.
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

  /// Refuses a call that is not answered. It is over then: what is asked next throws.
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

  /// Lets the caller hear nothing for so long.
  public void pause(Duration duration) {
    perform(new Operation.Pause(duration));
  }

  /// Speaks `prompt` and collects keys; the first key cuts the prompt short. Keys that were pressed
  /// before count too.
  ///
  /// @return what came, perhaps no keys at all: [Outcome.Gathered#reason] tells why no more are
  ///   awaited
  public Outcome.Gathered gather(String prompt, Digits digits) {
    return gather(new Operation.Gather(digits, new Prompt.Speech(prompt)));
  }

  public Outcome.Gathered gather(Operation.Gather gather) {
    return (Outcome.Gathered) perform(gather);
  }

  /// Lets the caller hear himself until he presses a key, or so long.
  public void echo(Duration atMost) {
    Pending echo = begin(new Operation.Echo());
    gather(new Operation.Gather(Digits.one().within(atMost)));
    echo.cancel();
  }

  /// Presses keys towards the caller, and waits until they were sent.
  public void sendDigits(String digits) {
    perform(new Operation.SendDigits(digits));
  }

  /// Hands the call to another application; throws [CallEnded] when that has happened.
  ///
  /// @param application its name in the configuration
  public void redirect(String application) {
    perform(new Operation.Redirect(application));
  }

  /// Ends the call. It is over then: what is asked next throws.
  public void hangUp() {
    perform(new Operation.HangUp());
  }

  /// Asks, and does not wait.
  public Pending begin(Operation operation) {
    return line.begin(operation);
  }

  /// Asks, and waits for the end.
  public Outcome perform(Operation operation) {
    return line.begin(operation).await();
  }

  /// Waits for the next event of the call, at most so long. Events of an operation are not among
  /// them while that is waited for. The last 64 that nobody asked for are kept, older ones
  /// forgotten.
  public Optional<Event> next(Duration patience) {
    return line.next(patience);
  }

  /// Does nothing for so long.
  public void sleep(Duration duration) {
    line.sleep(duration);
  }

  /// The time, for instance `LocalTime.now(call.clock())`; virtual in a World.
  public Clock clock() {
    return line.clock();
  }

  /// Chance; in a World the same seed gives the same.
  public RandomGenerator random() {
    return line.random();
  }

  /// Web servers; in a World a test answers in their place.
  public Web http() {
    return line.web();
  }
}
