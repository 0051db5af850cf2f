package io.tipring.wire.sip.dialog;

import io.tipring.wire.sip.Body;
import io.tipring.wire.sip.SipHeaders;
import io.tipring.wire.sip.SipRequest;
import io.tipring.wire.sip.SipResponse;
import io.tipring.wire.sip.transaction.Retransmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The provisional responses of a call that rings here, reliable ones (RFC 3262) and others.
///
/// @param rseq number of the last reliable one, 0 before the first
/// @param held what waits for the PRACK of the latest, in order
record Provisionals(Ability ability, long rseq, Latest latest, List<SessionCommand> held) {
  /// A proxy gives up on a call that is silent for three minutes (RFC 3261 13.3.1.1).
  private static final long REPEAT_NANOS = 60_000_000_000L;

  /// More is not asked of one ringing telephone.
  private static final int MOST_HELD = 8;

  /// What the caller can do.
  enum Ability {
    NONE,
    SUPPORTED,
    REQUIRED
  }

  sealed interface Latest {
    /// Nothing was sent, or nothing that bears repeating.
    record None() implements Latest {}

    /// Needs no PRACK, or has it.
    record Done(SipResponse response, long repeatAtNanos) implements Latest {}

    record Unacknowledged(SipResponse response, Retransmission resend) implements Latest {}
  }

  static Provisionals of(SipRequest invite) {
    SipHeaders headers = invite.headers();
    Ability ability =
        Usage.has(headers, "Require", "100rel")
            ? Ability.REQUIRED
            : Usage.has(headers, "Supported", "100rel") ? Ability.SUPPORTED : Ability.NONE;
    return new Provisionals(ability, 0, new Latest.None(), List.of());
  }

  /// RFC 3262 3: reliably when the caller demands it, or when a description should not be lost.
  boolean reliably(Body body) {
    return switch (ability) {
      case NONE -> false;
      case SUPPORTED -> !body.isEmpty();
      case REQUIRED -> true;
    };
  }

  /// RFC 3262 3: the next reliable one waits until the last is acknowledged.
  boolean outstanding() {
    return latest instanceof Latest.Unacknowledged;
  }

  /// RFC 3262 3: no 2xx while a description has not been acknowledged.
  boolean blocksSuccess() {
    return latest instanceof Latest.Unacknowledged(SipResponse response, _)
        && !response.body().isEmpty();
  }

  /// Remembers a command until the PRACK has come. Beyond [#MOST_HELD] a further ringing is
  /// dropped, never the one answer.
  Provisionals holding(SessionCommand command) {
    boolean answer = command instanceof SessionCommand.Answer;
    boolean again = answer && held.stream().anyMatch(SessionCommand.Answer.class::isInstance);
    if (again || (!answer && held.size() >= MOST_HELD)) {
      return this;
    }
    var all = new ArrayList<>(held);
    all.add(command);
    return new Provisionals(ability, rseq, latest, List.copyOf(all));
  }

  Provisionals sent(Turn.Reply reply, Turn turn) {
    turn.respond(reply);
    return new Provisionals(
        ability, rseq, new Latest.Done(reply.response(), turn.nowNanos + REPEAT_NANOS), held);
  }

  Provisionals sentReliably(Turn.Reply reply, Turn turn) {
    // RFC 3262 3: the first number is random, from the lower half so that it never wraps.
    long number = rseq == 0 ? 1 + turn.identifiers.below(1L << 30) : rseq + 1;
    SipHeaders headers =
        reply.response().headers().with("Require", "100rel").with("RSeq", Long.toString(number));
    SipResponse response = reply.response().withHeaders(headers);
    turn.respond(reply.ref(), response);
    var resend = Retransmission.begin(turn.settings.timers(), false, turn.nowNanos);
    return new Provisionals(ability, number, new Latest.Unacknowledged(response, resend), held);
  }

  /// The PRACK's RAck names the latest (RFC 3262 3); empty when it does not.
  Optional<Provisionals> acknowledgedBy(SipRequest prack, SipRequest invite, Turn turn) {
    return switch (latest) {
      case Latest.Unacknowledged(SipResponse response, _) when rackOf(prack).equals(rack(invite)) ->
          Optional.of(
              new Provisionals(
                  ability, rseq, new Latest.Done(response, turn.nowNanos + REPEAT_NANOS), held));
      case Latest.Unacknowledged _, Latest.Done _, Latest.None _ -> Optional.empty();
    };
  }

  /// What the PRACK that is to come will name; empty when none is.
  Optional<String> rackDue(SipRequest invite) {
    return outstanding() ? Optional.of(rack(invite)) : Optional.empty();
  }

  private String rack(SipRequest invite) {
    return rseq + " " + invite.headers().cseq();
  }

  /// RAck with one space between its parts (RFC 3262 7.2).
  static String rackOf(SipRequest prack) {
    return prack.headers().first("RAck").orElse("").strip().replaceAll("[ \\t]+", " ");
  }

  Provisionals released() {
    return new Provisionals(ability, rseq, latest, List.of());
  }

  long wakeAtNanos() {
    return switch (latest) {
      case Latest.None() -> Long.MAX_VALUE;
      case Latest.Done done -> done.repeatAtNanos();
      case Latest.Unacknowledged(_, Retransmission resend) -> resend.wakeAtNanos();
    };
  }

  /// Nobody has acknowledged for 64*T1.
  boolean givenUp(Turn turn) {
    return latest instanceof Latest.Unacknowledged(_, Retransmission resend)
        && resend.expired(turn.nowNanos);
  }
}
