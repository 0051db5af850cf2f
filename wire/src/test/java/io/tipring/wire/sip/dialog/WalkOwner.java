package io.tipring.wire.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.wire.Step;
import io.tipring.wire.sip.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Somebody with a telephone who does anything that is allowed, at any time, and much that is not.
///
/// Offers are numbered and answers name their offer, so that an answer to the wrong offer is seen.
final class WalkOwner {
  final List<SessionNotice> notices = new ArrayList<>();
  private final Walk walk;
  private final WalkPhone phone;
  private final boolean caller;
  private final SplittableRandom random;
  private SessionState state = new SessionState.Closed("", "");
  private Body theirOffer = Body.EMPTY;
  private Body theirChange = Body.EMPTY;
  private String lastOffer = "";
  private int offers;

  WalkOwner(Walk walk, WalkPhone phone, boolean caller) {
    this.walk = walk;
    this.phone = phone;
    this.caller = caller;
    random = walk.random.split();
  }

  SessionState state() {
    return state;
  }

  Body offer() {
    lastOffer = "offer " + phone.name + " " + offers++;
    return Body.utf8(lastOffer);
  }

  private static Body answer(Body offer) {
    return Body.utf8("answer to " + offer.text());
  }

  void begins(Step<SessionState, SessionOut> step) {
    state = step.next();
    phone.remember(this);
    took(step);
    if (caller && random.nextInt(3) == 0) {
      after(8, new SessionCommand.HangUp());
    }
    // Nobody talks for ever.
    walk.at(
        walk.now + (200 + random.nextInt(200)) * Walk.SECOND,
        () -> say(new SessionCommand.HangUp()));
  }

  void took(Step<SessionState, SessionOut> step) {
    // A wait of no time is legal (RFC 3261 14.1); one that never ends would be found by the walk's
    // limit.
    boolean advanced = step.next().wakeAtNanos() >= walk.now;
    assertThat(advanced).as("it advances: %s", step.next()).isTrue();
    state = step.next();
    arm();
    for (SessionOut out : step.out()) {
      switch (out) {
        case SessionOut.Effect effect -> phone.carryOut(this, effect);
        case SessionNotice notice -> noticed(notice);
      }
    }
  }

  private void arm() {
    long at = state.wakeAtNanos();
    if (at != Long.MAX_VALUE) {
      walk.at(
          at,
          () -> {
            if (state.wakeAtNanos() == at) {
              phone.tell(this, new SessionIn.Wake());
            }
          });
    }
  }

  private void say(SessionCommand command) {
    walk.note(phone.name + " " + state.localTag() + " does " + command.getClass().getSimpleName());
    phone.tell(this, command);
  }

  private void after(int seconds, SessionCommand command) {
    walk.at(walk.now + 1 + random.nextLong(seconds * Walk.SECOND), () -> say(command));
  }

  private void noticed(SessionNotice notice) {
    walk.note(phone.name + " " + state.localTag() + " hears " + notice.getClass().getSimpleName());
    notices.add(notice);
    switch (notice) {
      case SessionNotice.Offered(Body offer) -> offered(offer);
      case SessionNotice.Progressed(_, Body body) -> rightAnswer(body);
      case SessionNotice.Answered(Body body) -> {
        rightAnswer(body);
        talks();
      }
      case SessionNotice.Confirmed(Body body) -> {
        rightAnswer(body);
        talks();
      }
      case SessionNotice.ChangeOffered(Body offer) -> changeOffered(offer);
      case SessionNotice.Changed(Body body) -> rightAnswer(body);
      case SessionNotice.ChangeRefused _, SessionNotice.InfoReceived _, SessionNotice.Ended _ -> {}
      case SessionNotice.Challenged _ -> say(new SessionCommand.Retry(List.of()));
    }
  }

  private void rightAnswer(Body body) {
    if (!body.isEmpty()) {
      assertThat(body.text()).isEqualTo("answer to " + lastOffer);
    }
  }

  private void offered(Body offer) {
    if (caller) {
      theirOffer = offer;
      walk.at(
          walk.now + 1 + random.nextLong(2 * Walk.SECOND),
          () -> say(new SessionCommand.Answer(answer(theirOffer))));
      return;
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      int status = random.nextBoolean() ? 180 : 183;
      walk.at(walk.now + 1 + random.nextLong(4 * Walk.SECOND), () -> progress(status, offer));
    }
    switch (random.nextInt(8)) {
      case 0 -> after(10, new SessionCommand.Reject(486));
      case 1 -> {} // Rings until the caller or the session has had enough.
      case 2 -> after(5, new SessionCommand.HangUp());
      default ->
          walk.at(
              walk.now + random.nextLong(9 * Walk.SECOND),
              () -> say(new SessionCommand.Answer(ours(offer))));
    }
    if (random.nextInt(4) == 0) {
      walk.at(
          walk.now + random.nextLong(6 * Walk.SECOND),
          () -> say(new SessionCommand.Update(nextOffer(true))));
    }
  }

  private void progress(int status, Body offer) {
    say(new SessionCommand.Progress(status, random.nextBoolean() ? ours(offer) : Body.EMPTY));
  }

  // The answer to the offer of the INVITE, or one and the same offer of ours.
  private Body ours(Body offer) {
    if (!offer.isEmpty()) {
      return answer(offer);
    }
    return lastOffer.isEmpty() ? offer() : Body.utf8(lastOffer);
  }

  /// An offer is only made when the session lets us: the number must not move on before.
  private Body nextOffer(boolean update) {
    return free(update)
        ? offer()
        : Body.utf8(lastOffer.isEmpty() ? "offer out of turn" : lastOffer);
  }

  private boolean free(boolean update) {
    return switch (state) {
      case Incoming incoming -> OurChange.free(incoming.usage());
      case Established established ->
          OurChange.free(established.usage())
              && (update || established.confirmation() instanceof Confirmation.Settled);
      case Outgoing _, Challenged _, Farewell _, SessionState.Closed _ -> false;
    };
  }

  private void talks() {
    for (int i = random.nextInt(5); i > 0; i--) {
      long at = walk.now + random.nextLong((random.nextBoolean() ? 3 : 60) * Walk.SECOND);
      int what = random.nextInt(6);
      walk.at(at, () -> acts(what));
    }
    if (random.nextInt(3) > 0) {
      after(random.nextBoolean() ? 3 : 150, new SessionCommand.HangUp());
    }
  }

  private void acts(int what) {
    switch (what) {
      case 0, 1 -> say(new SessionCommand.Reinvite(nextOffer(false)));
      case 2 -> say(new SessionCommand.Reinvite(Body.EMPTY));
      case 3 -> say(new SessionCommand.Update(nextOffer(true)));
      case 4 -> say(new SessionCommand.Update(Body.EMPTY));
      default -> say(new SessionCommand.SendInfo("application/dtmf-relay", Body.utf8("Signal=1")));
    }
  }

  private void changeOffered(Body offer) {
    theirChange = offer;
    boolean late = random.nextInt(4) == 0;
    boolean refuses = random.nextInt(5) == 0;
    Runnable reaction =
        () -> {
          if (refuses) {
            say(new SessionCommand.RefuseChange(488));
          } else {
            say(
                new SessionCommand.AcceptChange(
                    theirChange.isEmpty() ? offerIfAsked() : answer(theirChange)));
          }
        };
    walk.at(walk.now + (late ? random.nextLong(20 * Walk.SECOND) : 1), reaction);
  }

  /// Too late, the session listens no more: then no number is spent on it.
  private Body offerIfAsked() {
    boolean asked =
        state instanceof Established established
            && established.usage().change().theirs() instanceof Change.Theirs.Pending;
    return asked ? offer() : Body.EMPTY;
  }

  @Override
  public String toString() {
    return (caller ? "caller " : "callee ") + state;
  }
}
