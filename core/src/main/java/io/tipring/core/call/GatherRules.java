package io.tipring.core.call;

import io.tipring.api.IvrId;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Operation.Gather;
import io.tipring.api.Prompt;
import io.tipring.core.call.Beginning.Begun;
import io.tipring.media.spec.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a [Gather] must be like to be accepted; then it is a [GatherRun].
final class GatherRules {
  private static final String KEYS = "0123456789*#ABCD";
  private static final int MOST_DIGITS = 64;
  private static final int MOST_PIECES = 16;
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private GatherRules() {}

  static Beginning begin(RunId id, Gather gather, Leg leg, Supplier<IvrId> ivrIds) {
    Optional<String> fault = fault(gather.digits());
    if (fault.isPresent()) {
      return Beginning.bad(fault.get());
    }
    if (gather.prompt().size() > MOST_PIECES) {
      return Beginning.bad("a prompt has at most " + MOST_PIECES + " pieces");
    }
    List<Piece> pieces = new ArrayList<>();
    for (Prompt prompt : gather.prompt()) {
      Optional<String> wrong = add(prompt, pieces);
      if (wrong.isPresent()) {
        return Beginning.bad(wrong.get());
      }
    }
    if (leg.ending()) {
      return Beginning.LEG_IS_ENDING;
    }
    Sounding prompt = Sounding.of(id, leg.id(), pieces, 1);
    return new Begun(
        new GatherRun(
            id, leg.id(), ivrIds.get(), gather, new GatherRun.State.Waiting(prompt, false)),
        leg,
        prompt.prepare());
  }

  private static Optional<String> fault(Digits digits) {
    if (digits.max() < 1 || digits.max() > MOST_DIGITS) {
      return Optional.of("max is 1 to " + MOST_DIGITS + ", not " + digits.max());
    }
    if (digits.min() < 1 || digits.min() > digits.max()) {
      return Optional.of("min is 1 to max (" + digits.max() + "), not " + digits.min());
    }
    String finish = digits.finishOnKey();
    if (finish.length() > 1 || (!finish.isEmpty() && KEYS.indexOf(finish.charAt(0)) < 0)) {
      return Optional.of("finish_on_key is one of 0-9*#A-D, or empty for none");
    }
    return wrongTime("timeout", digits.timeout())
        .or(() -> wrongTime("inter_digit_timeout", digits.interDigitTimeout()));
  }

  private static Optional<String> wrongTime(String name, Duration time) {
    return time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST_WAIT) > 0
        ? Optional.of(name + " is 1 ms to " + LONGEST_WAIT.toHours() + " hour")
        : Optional.empty();
  }

  /// Adds the sound of one part of the prompt, or says what is wrong with it.
  private static Optional<String> add(Prompt prompt, List<Piece> pieces) {
    return switch (prompt) {
      case Prompt.Speech(String text, var voice, var language) -> {
        Optional<String> fault = SayRun.fault(text, voice, language);
        if (fault.isEmpty() && !text.isBlank()) {
          pieces.add(new Piece.Awaited(new SoundRequest.Speech(text, voice, language), 0));
        }
        yield fault;
      }
      case Prompt.Sound(String url) ->
          switch (SoundUrl.parse(url)) {
            case SoundUrl.Bad(String hint) -> Optional.of(hint);
            case SoundUrl.Wanted(SoundRequest request) -> {
              pieces.add(new Piece.Awaited(request, 0));
              yield Optional.empty();
            }
            case SoundUrl.Made(Source source) -> {
              pieces.add(new Piece.Ready(source));
              yield Optional.empty();
            }
          };
      case Prompt.Silence(Duration duration) -> {
        if (duration.isNegative() || duration.compareTo(LONGEST_SILENCE) > 0) {
          yield Optional.of(
              "a silence in a prompt lasts 0 to " + LONGEST_SILENCE.toSeconds() + " seconds");
        }
        pieces.add(new Piece.Ready(new Source.Silence((int) duration.toMillis())));
        yield Optional.empty();
      }
    };
  }
}
