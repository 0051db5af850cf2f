package io.tipring.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallId;
import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.SessionId;
import io.tipring.api.control.CallSnapshot;
import io.tipring.api.control.Cursor;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.ErrorCode;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.control.RemoteSettings.Limits;
import io.tipring.core.control.RemoteSettings.Patience;
import io.tipring.core.journal.Journal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {
  private static final CallId CALL = new CallId("call_1");
  private static final long EPOCH = 1_900_000_000L;

  private final List<SessionEffect> out = new ArrayList<>();
  private Session session = session(LossPolicy.KEEP, Optional.empty(), 1_000);
  private long now;
  private long seq;

  private static Session session(LossPolicy onLoss, Optional<String> fallback, int tail) {
    return session(onLoss, fallback, tail, StartReason.CALL);
  }

  private static Session session(
      LossPolicy onLoss, Optional<String> fallback, int tail, StartReason reason) {
    return session(onLoss, fallback, tail, reason, 0);
  }

  private static Session session(
      LossPolicy onLoss, Optional<String> fallback, int tail, StartReason reason, long at) {
    return new Session(
        new SessionId("sess_1"),
        new RemoteSettings(
            "menu",
            URI.create("ws://127.0.0.1/"),
            onLoss,
            fallback,
            Patience.STANDARD,
            new Limits(65_536, 32, tail, 100)),
        reason,
        new CallSnapshot(
            CALL,
            Event.Direction.INBOUND,
            "alice",
            "menu",
            Event.CallState.OFFERED,
            List.of(),
            List.of()),
        new Cursor(EPOCH, at),
        new SplittableRandom(1)::nextBytes);
  }

  private void tell(SessionInput input) {
    out.clear();
    out.addAll(session.on(input, now));
  }

  private void link(LinkEvent event) {
    tell(new SessionInput.FromLink(event));
  }

  /// Lets time pass; gathers all that is done meanwhile.
  private void pass(Duration time) {
    long until = now + time.toNanos();
    List<SessionEffect> all = new ArrayList<>();
    while (session.wakeAtNanos() <= until) {
      now = session.wakeAtNanos();
      all.addAll(session.on(new SessionInput.Woken(), now));
    }
    now = until;
    out.clear();
    out.addAll(all);
  }

  private void begin() {
    tell(new SessionInput.Begin());
    assertThat(out).containsExactly(new SessionEffect.Connect());
  }

  private void talking() {
    begin();
    link(new LinkEvent.Opened());
    ask("a1");
  }

  private void ask(String id) {
    link(
        new LinkEvent.Received(
            new FromApplication.Ask(new OperationId(id), new Operation.Answer())));
  }

  private void resume(long epoch, long after) {
    link(
        new LinkEvent.Received(
            new FromApplication.Resume(new OperationId("r1"), new Cursor(epoch, after))));
  }

  private void happen(Event event) {
    tell(
        new SessionInput.Happened(
            new Journal.Entry(CALL, new Cursor(EPOCH, ++seq), now, now / 1_000_000, event)));
  }

  private void happen(int times) {
    for (int i = 0; i < times; i++) {
      happen(new Event.CallChanged(CALL, Event.CallState.ANSWERED));
    }
  }

  /// Loses the connection and gets another.
  private void reconnect() {
    link(new LinkEvent.Closed(1006));
    pass(Duration.ofMillis(150));
    assertThat(out).contains(new SessionEffect.Connect());
    link(new LinkEvent.Opened());
  }

  private List<Long> passed() {
    return out.stream()
        .filter(SessionEffect.Pass.class::isInstance)
        .map(effect -> ((SessionEffect.Pass) effect).entry().at().seq())
        .toList();
  }

  private List<ToApplication> told() {
    return out.stream()
        .filter(SessionEffect.Tell.class::isInstance)
        .map(effect -> ((SessionEffect.Tell) effect).message())
        .toList();
  }

  private void assertEndedWith(CloseReason why) {
    assertThat(told()).endsWith(new ToApplication.SessionEnded(new SessionId("sess_1"), why));
    assertThat(out).contains(new SessionEffect.Close(why));
    assertThat(session.over()).isTrue();
    assertThat(session.wakeAtNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatHappenedBeforeTheConnectionIsToldAfterTheStart() {
    begin();
    happen(2);
    assertThat(out).isEmpty();
    link(new LinkEvent.Opened());
    assertThat(told())
        .singleElement()
        .satisfies(message -> {
          var started = (ToApplication.SessionStarted) message;
          assertThat(started.reason()).isEqualTo(StartReason.CALL);
          assertThat(started.at()).isEqualTo(new Cursor(EPOCH, 0));
          assertThat(started.call().state()).isEqualTo(Event.CallState.OFFERED);
        });
    assertThat(passed()).containsExactly(1L, 2L);
    happen(1);
    assertThat(passed()).containsExactly(3L);
  }

  @Test
  void aLinkHasTimeToSayWhyItFailedAndIsGivenUpBeforeTheNextBegins() {
    begin();
    out.clear();
    pass(Duration.ofMillis(1_749));
    assertThat(out).isEmpty();
    pass(Duration.ofMillis(201));
    assertThat(out.getFirst()).isEqualTo(new SessionEffect.Close(CloseReason.SUPERSEDED));
    assertThat(out.getLast()).isEqualTo(new SessionEffect.Connect());
  }

  @Test
  void oneThatIsNeverReachedLosesItsCallInFourSeconds() {
    begin();
    pass(Duration.ofMillis(3_999));
    assertThat(session.over()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(out).contains(new SessionEffect.Terminate(EndReason.APP_UNREACHABLE));
    assertThat(session.over()).isTrue();
  }

  @Test
  void oneThatSaysNothingLosesItsCallInFiveSeconds() {
    begin();
    link(new LinkEvent.Opened());
    pass(Duration.ofSeconds(5));
    assertEndedWith(CloseReason.DID_NOT_ANSWER);
    assertThat(out).contains(new SessionEffect.Terminate(EndReason.APP_DID_NOT_ANSWER));
  }

  @Test
  void oneThatOpensAndClosesAgainAndAgainIsNotWaitedForAnyLonger() {
    begin();
    for (int i = 0; i < 40 && !session.over(); i++) {
      link(new LinkEvent.Opened());
      link(new LinkEvent.Closed(1006));
      while (!session.over() && !(session.state() instanceof SessionState.Connecting)) {
        pass(Duration.ofNanos(session.wakeAtNanos() - now));
      }
    }
    assertThat(session.over()).isTrue();
    assertThat(now).isBetween(4_000_000_000L, 5_000_000_000L);
  }

  @Test
  void afterALossItIsAskedWhereToGoOn() {
    talking();
    happen(5);
    reconnect();
    assertThat(told())
        .singleElement()
        .satisfies(message -> {
          var started = (ToApplication.SessionStarted) message;
          assertThat(started.reason()).isEqualTo(StartReason.RESUMED);
          assertThat(started.at().seq()).isEqualTo(5);
          assertThat(started.call().state()).isEqualTo(Event.CallState.ANSWERED);
        });
    happen(1);
    assertThat(passed()).isEmpty();
    resume(EPOCH, 3);
    assertThat(passed()).containsExactly(4L, 5L, 6L);
    happen(1);
    assertThat(passed()).containsExactly(7L);
  }

  @Test
  void oneThatAsksWithoutResumingGoesOnWithWhatHappensNext() {
    talking();
    happen(5);
    reconnect();
    ask("a2");
    assertThat(passed()).isEmpty();
    happen(1);
    assertThat(passed()).containsExactly(6L);
  }

  @Test
  void whatFellOutOfTheTailIsSaid() {
    session = session(LossPolicy.KEEP, Optional.empty(), 10);
    talking();
    happen(25);
    reconnect();
    resume(EPOCH, 5);
    assertThat(told()).containsExactly(new ToApplication.Dropped(10));
    assertThat(passed()).first().isEqualTo(16L);
    assertThat(passed()).last().isEqualTo(25L);
  }

  @Test
  void aPlaceBeyondTheEndIsRewound() {
    talking();
    happen(5);
    reconnect();
    resume(EPOCH, 9);
    assertThat(told()).containsExactly(new ToApplication.Rewound(new Cursor(EPOCH, 5)));
    assertThat(passed()).isEmpty();
  }

  @Test
  void aPlaceOfAnotherLifeIsRewoundToTheBeginning() {
    talking();
    happen(3);
    reconnect();
    resume(EPOCH - 7, 2);
    assertThat(told()).containsExactly(new ToApplication.Rewound(new Cursor(EPOCH, 0)));
    assertThat(passed()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aPlaceBeforeTheSessionIsItsBeginning() {
    session = session(LossPolicy.KEEP, Optional.empty(), 1_000, StartReason.REDIRECTED, 4);
    seq = 4;
    talking();
    happen(2);
    reconnect();
    resume(EPOCH, 0);
    assertThat(told()).isEmpty();
    assertThat(passed()).containsExactly(5L, 6L);
  }

  @Test
  void aSecondResumeOnAConnectionIsRefused() {
    talking();
    happen(2);
    resume(EPOCH, 0);
    assertThat(told())
        .singleElement()
        .extracting(message -> ((ToApplication.Error) message).code())
        .isEqualTo(ErrorCode.NOT_NOW);
    assertThat(passed()).isEmpty();
  }

  @Test
  void anOperationThatIsSentAgainIsNotDoneAgain() {
    talking();
    assertThat(out).anyMatch(SessionEffect.Ask.class::isInstance);
    reconnect();
    ask("a1");
    assertThat(out).noneMatch(SessionEffect.Ask.class::isInstance);
    assertThat(out)
        .contains(
            new SessionEffect.Tell((ToApplication.Error) told().getLast(), Optional.of("a1")));
    assertThat(((ToApplication.Error) told().getLast()).code()).isEqualTo(ErrorCode.DUPLICATE_ID);
  }

  @Test
  void nothingIsSentToOneThatDoesNotRead() {
    session = session(LossPolicy.KEEP, Optional.empty(), 10);
    talking();
    link(new LinkEvent.Writable(false));
    for (int i = 0; i < 15; i++) {
      happen(1);
      assertThat(out).isEmpty();
    }
    link(new LinkEvent.Writable(true));
    assertThat(told()).containsExactly(new ToApplication.Dropped(5));
    assertThat(passed()).hasSize(10);
  }

  @Test
  void oneThatDoesNotReadForHalfAMinuteIsClosedAndLookedForAgain() {
    talking();
    link(new LinkEvent.Writable(false));
    pass(Duration.ofSeconds(29));
    assertThat(out).isEmpty();
    pass(Duration.ofMillis(1_100));
    assertThat(out).contains(new SessionEffect.Close(CloseReason.SLOW));
    assertThat(told()).isEmpty();
    assertThat(out.getLast()).isEqualTo(new SessionEffect.Connect());
  }

  @Test
  void theEndOfTheCallIsToldBeforeTheEndOfTheSession() {
    talking();
    happen(new Event.CallEnded(CALL, EndReason.CALLER_HUNG_UP));
    assertThat(out.getFirst()).isInstanceOf(SessionEffect.Pass.class);
    assertEndedWith(CloseReason.CALL_ENDED);
  }

  @Test
  void atShutdownItIsToldThatTheExchangeGoesAway() {
    talking();
    happen(new Event.CallEnded(CALL, EndReason.SHUTTING_DOWN));
    assertEndedWith(CloseReason.GOING_AWAY);
  }

  @Test
  void oneThatComesBackAfterTheCallHearsOfItsEnd() {
    talking();
    link(new LinkEvent.Closed(1006));
    happen(new Event.CallEnded(CALL, EndReason.CALLER_HUNG_UP));
    assertThat(session.over()).isFalse();
    pass(Duration.ofMillis(150));
    link(new LinkEvent.Opened());
    resume(EPOCH, 0);
    assertThat(passed()).containsExactly(1L);
    assertEndedWith(CloseReason.CALL_ENDED);
  }

  @Test
  void oneThatDoesNotComeBackAfterTheCallIsForgottenInTenSeconds() {
    talking();
    link(new LinkEvent.Closed(1006));
    happen(new Event.CallEnded(CALL, EndReason.CALLER_HUNG_UP));
    pass(Duration.ofSeconds(10));
    assertThat(session.over()).isTrue();
    assertThat(out).noneMatch(SessionEffect.Terminate.class::isInstance);
  }

  @Test
  void oneThatNeverHeardOfTheCallNeedNotHearOfItsEnd() {
    begin();
    happen(new Event.CallEnded(CALL, EndReason.CALLER_CANCELLED));
    assertThat(out).contains(new SessionEffect.Close(CloseReason.CALL_ENDED));
    assertThat(session.over()).isTrue();
  }

  @Test
  void oneThatIsDoneLeavesItsCallToItself() {
    talking();
    happen(new Event.CallChanged(CALL, Event.CallState.ANSWERED));
    link(new LinkEvent.Closed(1000));
    pass(Duration.ofHours(1));
    assertThat(out).isEmpty();
    assertThat(session.over()).isTrue();
  }

  @Test
  void oneThatIsDoneAndLeftItsCallerUnansweredLosesTheCall() {
    talking();
    link(new LinkEvent.Closed(1000));
    pass(Duration.ofSeconds(5));
    assertThat(out).containsExactly(new SessionEffect.Terminate(EndReason.APP_DID_NOT_ANSWER));
  }

  @Test
  void oneThatIsDoneWhileItsAnswerIsUnderWayKeepsTheCall() {
    talking();
    happen(new Event.OperationAccepted(new OperationId("a1")));
    link(new LinkEvent.Closed(1000));
    pass(Duration.ofSeconds(6));
    happen(new Event.CallChanged(CALL, Event.CallState.ANSWERED));
    pass(Duration.ofSeconds(5));
    assertThat(out).isEmpty();
    assertThat(session.over()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(LossPolicy.class)
  void whatIsDoneAfterALossIsThePolicys(LossPolicy policy) {
    session = session(policy, Optional.of("spare"), 10);
    talking();
    link(new LinkEvent.Closed(1006));
    Duration patience = policy == LossPolicy.KEEP ? Duration.ofMinutes(1) : Duration.ofSeconds(2);
    pass(patience.minusMillis(1));
    assertThat(session.over()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(session.over()).isTrue();
    assertThat(out)
        .contains(
            policy == LossPolicy.HANG_UP
                ? new SessionEffect.Terminate(EndReason.APP_LOST)
                : new SessionEffect.FallBack("spare"));
  }

  @Test
  void aFallbackThatIsNotThereEitherDoesNotFallBack() {
    session = session(LossPolicy.FALLBACK, Optional.of("first"), 10, StartReason.FALLBACK);
    begin();
    pass(Duration.ofSeconds(4));
    assertThat(out).contains(new SessionEffect.Terminate(EndReason.APP_UNREACHABLE));
  }

  @Test
  void aHundredErrorsInARowAreBorneAndOneMoreIsNot() {
    talking();
    var error = new ToApplication.Error(ErrorCode.NOT_JSON, "no", "send JSON");
    for (int i = 0; i < 100; i++) {
      link(new LinkEvent.Misunderstood(error, Optional.empty()));
      assertThat(told()).containsExactly(error);
    }
    ask("a2");
    for (int i = 0; i < 100; i++) {
      link(new LinkEvent.Misunderstood(error, Optional.empty()));
    }
    assertThat(session.over()).isFalse();
    link(new LinkEvent.Misunderstood(error, Optional.empty()));
    assertEndedWith(CloseReason.TOO_MANY_ERRORS);
    assertThat(out).contains(new SessionEffect.Terminate(EndReason.APP_LOST));
  }

  @Test
  void oneThatHandsItsCallOnIsToldWhatWasStillItsOwn() {
    talking();
    link(new LinkEvent.Writable(false));
    happen(2);
    tell(new SessionInput.HandedOver());
    assertThat(out).isEmpty();
    link(new LinkEvent.Writable(true));
    assertThat(passed()).containsExactly(1L, 2L);
    assertEndedWith(CloseReason.REDIRECTED);
  }

  @Test
  void aLastWordIsNotWaitedForLongerThanTenSeconds() {
    talking();
    link(new LinkEvent.Writable(false));
    happen(new Event.CallEnded(CALL, EndReason.CALLER_HUNG_UP));
    pass(Duration.ofSeconds(10));
    assertEndedWith(CloseReason.SLOW);
  }
}
