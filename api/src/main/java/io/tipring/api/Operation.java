package io.tipring.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an application asks, in the imperative. It is accepted or refused at once, may progress,
/// and ends exactly once: succeeded, failed or cancelled. On the wire `HangUp` is `hang_up`, and
/// durations are whole milliseconds.
///
/// On one leg, what the caller hears (`Say`, `Play`, `Pause`, `Echo`, `SendDigits`, the prompt of a
/// `Gather`) queues one behind the other, and so do gathers; both go on side by side. `replace`
/// ends what plays and waits there as cancelled, and begins at once. What sounds waits for the
/// answer of its leg, and is made ready meanwhile.
public sealed interface Operation {
  /// The leg it addresses; empty means the call's first leg.
  default Optional<LegId> leg() {
    return Optional.empty();
  }

  /// Tell the caller that the phone rings (180).
  record Ring(Optional<LegId> leg) implements Operation {
    public Ring() {
      this(Optional.empty());
    }
  }

  /// Pick up. Succeeds when the caller has confirmed it.
  record Answer(Optional<LegId> leg) implements Operation {
    public Answer() {
      this(Optional.empty());
    }
  }

  /// Refuse a call that is not answered yet.
  ///
  /// @param status SIP status 400..699
  record Reject(Optional<LegId> leg, @Default("603") int status) implements Operation {
    public Reject(int status) {
      this(Optional.empty(), status);
    }
  }

  /// Speak text. Succeeds with [Outcome.Played] when its last sample was sent.
  ///
  /// @param text at most 3,000 characters; an empty one succeeds at once
  /// @param voice a voice of the speech engine; empty means the configured one
  /// @param language BCP 47 tag such as `en-US`; empty means the configured one
  /// @param sensitive nobody but the application and the caller learns the text
  /// @param replace end what the leg hears now
  record Say(
      Optional<LegId> leg,
      String text,
      Optional<String> voice,
      Optional<String> language,
      @Default("false") boolean sensitive,
      @Default("false") boolean replace)
      implements Operation {
    public Say(String text) {
      this(Optional.empty(), text, Optional.empty(), Optional.empty(), false, false);
    }
  }

  /// Play sounds, one after the other. Succeeds with [Outcome.Played] when the last sample was
  /// sent.
  ///
  /// A URL is `https://...` or `http://...` (a WAV file), `file:NAME` (a WAV file in the sounds
  /// folder), `tone:HERTZ` or `tone:SIGNAL` with SIGNAL one of `dial`, `ringback`, `busy`,
  /// `congestion` and a country after it if wanted (`tone:busy;country=de`), or `keys:DIGITS` (the
  /// tones of keys, for a person to hear). A plain tone sounds until it is ended.
  ///
  /// @param urls one to sixteen
  /// @param loop how often all of them are played; 0 is until cancelled
  /// @param from where in the first sound to begin, in media time
  /// @param replace end what the leg hears now
  record Play(
      Optional<LegId> leg,
      List<String> urls,
      @Default("1") int loop,
      @Default("0") Duration from,
      @Default("false") boolean replace)
      implements Operation {
    public Play {
      urls = List.copyOf(urls);
    }

    public Play(String... urls) {
      this(Optional.empty(), List.of(urls), 1, Duration.ZERO, false);
    }

    /// Again and again, until cancelled.
    public static Play forever(String... urls) {
      return new Play(Optional.empty(), List.of(urls), 0, Duration.ZERO, false);
    }
  }

  /// Let the leg hear nothing for a while.
  ///
  /// @param duration at most ten minutes
  /// @param replace end what the leg hears now
  record Pause(Optional<LegId> leg, Duration duration, @Default("false") boolean replace)
      implements Operation {
    public Pause(Duration duration) {
      this(Optional.empty(), duration, false);
    }
  }

  /// Collect keys, perhaps after a prompt. Makes an `ivr` resource, and succeeds with
  /// [Outcome.Gathered] also when time runs out: its `reason` says so.
  ///
  /// @param digits what is awaited
  /// @param prompt what the caller hears first
  /// @param bargeIn the first key ends the prompt, and what else the leg hears then
  /// @param sensitive nobody but the application learns the keys
  /// @param replace end the gather that is in progress on the leg
  /// @param typeAhead take the keys that were pressed before it; `false` forgets them
  record Gather(
      Optional<LegId> leg,
      Digits digits,
      List<Prompt> prompt,
      @Default("true") boolean bargeIn,
      @Default("false") boolean sensitive,
      @Default("false") boolean replace,
      @Default("true") boolean typeAhead)
      implements Operation {
    public Gather {
      prompt = List.copyOf(prompt);
    }

    public Gather(Digits digits, Prompt... prompt) {
      this(Optional.empty(), digits, List.of(prompt), true, false, false, true);
    }
  }

  /// How many keys are awaited, and how long.
  ///
  /// @param min fewer are returned only when the time is over; 1..max
  /// @param max so many, and no more is awaited; 1..64
  /// @param finishOnKey one of `0-9*#A-D` that ends the entry and is no part of it; empty for none
  /// @param timeout for the first key, and until there are `min`; counted from the end of the
  ///   prompt
  /// @param interDigitTimeout for each further key once there are `min`
  record Digits(
      @Default("1") int min,
      @Default("1") int max,
      @Default("#") String finishOnKey,
      @Default("15000") Duration timeout,
      @Default("3000") Duration interDigitTimeout) {
    /// One key, whichever; `#` too.
    public static Digits one() {
      return new Digits(1, 1, "", Duration.ofSeconds(15), Duration.ofSeconds(3));
    }

    /// Between `min` and `max` keys, with the usual times, finished early by `#`.
    public static Digits between(int min, int max) {
      return new Digits(min, max, "#", Duration.ofSeconds(15), Duration.ofSeconds(3));
    }

    /// The same with another time for the first key.
    public Digits within(Duration firstKey) {
      return new Digits(min, max, finishOnKey, firstKey, interDigitTimeout);
    }
  }

  /// Send the leg's own sound back to it until cancelled or replaced.
  ///
  /// @param replace end what the leg hears now
  record Echo(Optional<LegId> leg, @Default("false") boolean replace) implements Operation {
    public Echo() {
      this(Optional.empty(), false);
    }
  }

  /// Press keys towards the other side.
  ///
  /// @param digits 1 to 64 of `0-9*#A-D`; `,` pauses half a second
  /// @param sensitive nobody but the application and the other side learns them
  /// @param replace end what the leg hears now
  record SendDigits(
      Optional<LegId> leg,
      String digits,
      @Default("false") boolean sensitive,
      @Default("false") boolean replace)
      implements Operation {
    public SendDigits(String digits) {
      this(Optional.empty(), digits, false, false);
    }
  }

  /// Hand the call to another application. What is in progress ends as cancelled, and this session
  /// ends.
  ///
  /// @param application its name in the configuration
  record Redirect(String application) implements Operation {}

  /// End an operation that is in progress, by its id. Succeeds when that one has ended, however.
  record Cancel(OperationId ref) implements Operation {}

  /// End the leg: BYE, or 603 when it was not answered.
  record HangUp(Optional<LegId> leg) implements Operation {
    public HangUp() {
      this(Optional.empty());
    }
  }
}
