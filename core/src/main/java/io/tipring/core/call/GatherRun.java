package io.tipring.core.call;

import io.tipring.api.Event;
import io.tipring.api.Event.CancelReason;
import io.tipring.api.Event.IvrState;
import io.tipring.api.Event.Refusal;
import io.tipring.api.GatherEnd;
import io.tipring.api.IvrId;
import io.tipring.api.LegId;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Operation.Gather;
import io.tipring.api.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `Gather`: a prompt, then keys, in two queues of its leg: the prompt has a place among what is
/// heard, the gather itself among those that listen.
///
/// ```
///  Waiting --ear--> Prompting --end of prompt--> Listening --time--> over
///     |                 '---key---> Pressed <----key----'
///     '---no prompt, or keys typed ahead--------> Listening
/// ```
///
/// A key is complete when it is released; while it is down no time runs.
record GatherRun(RunId id, LegId leg, IvrId ivr, Gather gather, State state)
    implements OperationRun {
  /// The media plane tells of a key's end at the latest 5 s after it went down.
  private static final Duration LONGEST_PRESS = Duration.ofSeconds(6);

  sealed interface State {
    /// Another gather listens. There is no ivr yet.
    ///
    /// @param maySound the turn of its prompt has come already
    record Waiting(Sounding prompt, boolean maySound) implements State {}

    /// The prompt plays, or waits until others have been heard.
    ///
    /// @param complete why no more keys are wanted; then only the end of the prompt is awaited
    record Prompting(Sounding prompt, String digits, Optional<GatherEnd> complete)
        implements State {}

    /// A key is down.
    record Pressed(String digits, long giveUpNanos) implements State {}

    record Listening(String digits, long giveUpNanos) implements State {}
  }

  @Override
  public long deadlineNanos() {
    return switch (state) {
      case State.Waiting _ -> Long.MAX_VALUE;
      case State.Prompting prompting -> prompting.prompt().deadlineNanos();
      case State.Pressed(_, long giveUpNanos) -> giveUpNanos;
      case State.Listening(_, long giveUpNanos) -> giveUpNanos;
    };
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public boolean sounds() {
    return switch (state) {
      case State.Waiting(Sounding prompt, _) -> !prompt.pieces().isEmpty();
      case State.Prompting _ -> true;
      case State.Pressed _, State.Listening _ -> false;
    };
  }

  @Override
  public boolean waits() {
    return switch (state) {
      case State.Waiting _ -> true;
      case State.Prompting prompting -> prompting.prompt().unheard();
      case State.Pressed _, State.Listening _ -> false;
    };
  }

  /// The next key is part of this entry.
  boolean wantsKeys() {
    return switch (state) {
      case State.Waiting _ -> false;
      case State.Prompting prompting -> prompting.complete().isEmpty();
      case State.Pressed _, State.Listening _ -> true;
    };
  }

  /// What may come behind `key` when that makes the entry full. An entry of one key is none that
  /// anybody finishes.
  Optional<Straggler> straggler(char key, long nowNanos) {
    Digits awaited = gather.digits();
    boolean full = !finishes(key) && digits().length() + 1 >= awaited.max() && awaited.max() > 1;
    return full && !awaited.finishOnKey().isEmpty()
        ? Optional.of(
            new Straggler(
                awaited.finishOnKey().charAt(0), nowNanos + awaited.interDigitTimeout().toNanos()))
        : Optional.empty();
  }

  private String digits() {
    return switch (state) {
      case State.Waiting _ -> "";
      case State.Prompting prompting -> prompting.digits();
      case State.Pressed pressed -> pressed.digits();
      case State.Listening listening -> listening.digits();
    };
  }

  /// The same, and nobody but the application learns what was pressed.
  private GatherRun secret() {
    var secret =
        new Gather(
            gather.leg(),
            gather.digits(),
            gather.prompt(),
            gather.bargeIn(),
            true,
            gather.replace(),
            gather.typeAhead());
    return new GatherRun(id, leg, ivr, secret, state);
  }

  @Override
  public Verdict on(RunInput input, long nowNanos) {
    return switch (input) {
      case RunInput.MayListen(boolean typedAhead, boolean sensitive) ->
          (sensitive ? secret() : this).listen(typedAhead, nowNanos);
      case RunInput.MaySound _ -> sound(nowNanos);
      case RunInput.Prepared prepared ->
          onPrompt(prompt -> prompt.on(prepared, nowNanos), nowNanos);
      case RunInput.Finished finished ->
          onPrompt(prompt -> prompt.on(finished, nowNanos), nowNanos);
      case RunInput.Hush _ -> hush(nowNanos);
      case RunInput.KeyBegan _ -> keyBegan(nowNanos);
      case RunInput.Key(char key) -> key(key, nowNanos);
      case RunInput.Deadline _ -> timeIsOver(nowNanos);
      case RunInput.Stop(CancelReason reason) ->
          new Verdict.Cancelled(reason, Optional.empty(), ended(GatherEnd.CANCELLED));
      case RunInput.LegEnded _ -> Verdict.legEnded(ended(GatherEnd.LEG_ENDED));
      case RunInput.LegAnswered _ -> Verdict.goesOn(this);
    };
  }

  private Verdict listen(boolean typedAhead, long nowNanos) {
    if (!(state instanceof State.Waiting(Sounding prompt, boolean maySound))) {
      return Verdict.goesOn(this);
    }
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Announce(new Event.IvrCreated(ivr, leg, id.operation())));
    if (prompt.pieces().isEmpty() || (typedAhead && gather.bargeIn())) {
      return listening("", effects, nowNanos);
    }
    GatherRun prompting = in(new State.Prompting(prompt, "", Optional.empty()));
    return maySound
        ? prompting.after(prompt.begin(nowNanos), effects, nowNanos)
        : new Verdict.GoesOn(prompting, effects);
  }

  private Verdict sound(long nowNanos) {
    return switch (state) {
      case State.Waiting(Sounding prompt, _) -> Verdict.goesOn(in(new State.Waiting(prompt, true)));
      case State.Prompting prompting ->
          after(prompting.prompt().begin(nowNanos), List.of(), nowNanos);
      case State.Pressed _, State.Listening _ -> Verdict.goesOn(this);
    };
  }

  private interface PromptInput {
    Sounding.Step to(Sounding prompt);
  }

  private Verdict onPrompt(PromptInput input, long nowNanos) {
    return switch (state) {
      case State.Waiting(Sounding prompt, _) -> after(input.to(prompt), List.of(), nowNanos);
      case State.Prompting prompting -> after(input.to(prompting.prompt()), List.of(), nowNanos);
      case State.Pressed _, State.Listening _ -> Verdict.goesOn(this); // About a prompt cut short.
    };
  }

  private Verdict after(Sounding.Step step, List<Effect> before, long nowNanos) {
    return switch (step) {
      case Sounding.Step.GoesOn(Sounding next, List<Effect> effects) ->
          new Verdict.GoesOn(withPrompt(next), plus(before, effects));
      case Sounding.Step.Over _ -> promptIsOver(before, nowNanos);
      case Sounding.Step.Broken(Refusal refusal, String hint, List<Effect> effects) ->
          new Verdict.Failed(
              refusal,
              hint,
              plus(
                  plus(before, effects),
                  ivrEnded(refusal == Refusal.LEG_ENDED ? GatherEnd.LEG_ENDED : GatherEnd.FAILED)));
    };
  }

  private GatherRun withPrompt(Sounding next) {
    return switch (state) {
      case State.Waiting(_, boolean maySound) -> in(new State.Waiting(next, maySound));
      case State.Prompting(_, String digits, var complete) ->
          in(new State.Prompting(next, digits, complete));
      case State.Pressed _, State.Listening _ -> this;
    };
  }

  private Verdict promptIsOver(List<Effect> before, long nowNanos) {
    return switch (state) {
      case State.Prompting(_, String digits, Optional<GatherEnd> complete) ->
          complete.isPresent()
              ? succeeded(digits, complete.get(), before)
              : listening(digits, before, nowNanos);
      case State.Waiting _, State.Pressed _, State.Listening _ -> new Verdict.GoesOn(this, before);
    };
  }

  /// The prompt was replaced; the gather itself was not.
  private Verdict hush(long nowNanos) {
    return switch (state) {
      case State.Waiting _ ->
          Verdict.goesOn(in(new State.Waiting(Sounding.of(id, leg, List.of(), 1), false)));
      case State.Prompting prompting -> promptIsOver(prompting.prompt().silence(), nowNanos);
      case State.Pressed _, State.Listening _ -> Verdict.goesOn(this);
    };
  }

  private Verdict keyBegan(long nowNanos) {
    long giveUp = nowNanos + LONGEST_PRESS.toNanos();
    return switch (state) {
      case State.Prompting(Sounding prompt, String digits, _) when gather.bargeIn() ->
          new Verdict.GoesOn(in(new State.Pressed(digits, giveUp)), prompt.silence());
      case State.Listening(String digits, _) ->
          Verdict.goesOn(in(new State.Pressed(digits, giveUp)));
      case State.Waiting _, State.Prompting _, State.Pressed _ -> Verdict.goesOn(this);
    };
  }

  private Verdict key(char key, long nowNanos) {
    return switch (state) {
      case State.Waiting _ -> Verdict.goesOn(this);
      case State.Prompting(Sounding prompt, String digits, var complete) ->
          gather.bargeIn()
              ? entry(key, digits, prompt.silence(), nowNanos)
              : complete.isPresent() ? Verdict.goesOn(this) : hidden(key, digits, prompt);
      case State.Pressed(String digits, _) -> entry(key, digits, List.of(), nowNanos);
      case State.Listening(String digits, _) -> entry(key, digits, List.of(), nowNanos);
    };
  }

  /// The prompt must be heard: the key counts, but nothing comes of it yet.
  private Verdict hidden(char key, String digits, Sounding prompt) {
    String after = finishes(key) ? digits : digits + key;
    GatherRun next = in(new State.Prompting(prompt, after, complete(key, after)));
    return new Verdict.GoesOn(next, finishes(key) ? List.of() : changed(IvrState.PROMPTING, after));
  }

  private Verdict entry(char key, String digits, List<Effect> before, long nowNanos) {
    if (finishes(key)) {
      return succeeded(digits, GatherEnd.FINISH_KEY, before);
    }
    String after = digits + key;
    Optional<GatherEnd> complete = complete(key, after);
    return complete.isPresent()
        ? succeeded(after, complete.get(), plus(before, changed(IvrState.LISTENING, after)))
        : listening(after, before, nowNanos);
  }

  private boolean finishes(char key) {
    return gather.digits().finishOnKey().indexOf(key) >= 0;
  }

  private Optional<GatherEnd> complete(char key, String digits) {
    if (finishes(key)) {
      return Optional.of(GatherEnd.FINISH_KEY);
    }
    return digits.length() >= gather.digits().max()
        ? Optional.of(GatherEnd.MAX_DIGITS)
        : Optional.empty();
  }

  private Verdict timeIsOver(long nowNanos) {
    return switch (state) {
      case State.Waiting _ -> Verdict.goesOn(this);
      case State.Prompting prompting ->
          Verdict.timedOut(plus(prompting.prompt().silence(), ivrEnded(GatherEnd.FAILED)));
      case State.Pressed(String digits, _) -> // Its end was lost: as if it had not been pressed.
          Verdict.goesOn(in(new State.Listening(digits, giveUpNanos(digits, nowNanos))));
      case State.Listening(String digits, _) -> succeeded(digits, reasonNow(digits), List.of());
    };
  }

  private GatherEnd reasonNow(String digits) {
    if (digits.isEmpty()) {
      return GatherEnd.NO_INPUT;
    }
    return digits.length() < gather.digits().min()
        ? GatherEnd.TIMEOUT
        : GatherEnd.INTER_DIGIT_TIMEOUT;
  }

  private long giveUpNanos(String digits, long nowNanos) {
    Digits awaited = gather.digits();
    Duration time =
        digits.length() >= awaited.min() ? awaited.interDigitTimeout() : awaited.timeout();
    return nowNanos + time.toNanos();
  }

  private Verdict listening(String digits, List<Effect> before, long nowNanos) {
    return new Verdict.GoesOn(
        in(new State.Listening(digits, giveUpNanos(digits, nowNanos))),
        plus(before, changed(IvrState.LISTENING, digits)));
  }

  private Verdict succeeded(String digits, GatherEnd reason, List<Effect> before) {
    var end = new Effect.Announce(new Event.IvrEnded(ivr, digits, reason, gather.sensitive()));
    return new Verdict.Succeeded(
        new Outcome.Gathered(ivr, digits, reason, gather.sensitive()), plus(before, List.of(end)));
  }

  /// Silences the prompt and ends the ivr, where there is one.
  private List<Effect> ended(GatherEnd reason) {
    return state instanceof State.Prompting prompting
        ? plus(prompting.prompt().silence(), ivrEnded(reason))
        : ivrEnded(reason);
  }

  private List<Effect> ivrEnded(GatherEnd reason) {
    return state instanceof State.Waiting
        ? List.of()
        : List.of(
            new Effect.Announce(new Event.IvrEnded(ivr, digits(), reason, gather.sensitive())));
  }

  private List<Effect> changed(IvrState now, String digits) {
    return List.of(new Effect.Announce(new Event.IvrChanged(ivr, now, digits, gather.sensitive())));
  }

  private GatherRun in(State next) {
    return new GatherRun(id, leg, ivr, gather, next);
  }

  private static List<Effect> plus(List<Effect> first, List<Effect> then) {
    List<Effect> both = new ArrayList<>(first);
    both.addAll(then);
    return both;
  }
}
