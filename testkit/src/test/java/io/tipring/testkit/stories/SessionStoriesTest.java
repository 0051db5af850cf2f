package io.tipring.testkit.stories;

import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.control.Envelope;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.api.control.ToApplication.ErrorCode;
import io.tipring.api.control.ToApplication.StartReason;
import io.tipring.core.control.LossPolicy;
import io.tipring.core.control.RemoteSettings;
import io.tipring.core.control.RemoteSettings.Limits;
import io.tipring.core.control.RemoteSettings.Patience;
import io.tipring.testkit.application.RemoteApp;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Applications in other processes, what happens to them, and what their callers notice.
class SessionStoriesTest {
  private static final Duration RETRIES = Duration.ofSeconds(15);

  /// Answers, lets callers hear themselves, and hangs up when 9 is pressed.
  private static RemoteApp menu() {
    return new RemoteApp(SessionStoriesTest::choose);
  }

  private static List<Operation> choose(Event event) {
    return switch (event) {
      case Event.CallCreated _ -> List.of(new Operation.Answer());
      case Event.CallChanged(_, Event.CallState state) when state == Event.CallState.ANSWERED ->
          List.of(new Operation.Echo());
      case Event.DigitPressed pressed when pressed.digit().equals("9") ->
          List.of(new Operation.HangUp());
      default -> List.of();
    };
  }

  private static RemoteSettings settings(String name, LossPolicy onLoss, Optional<String> spare) {
    return new RemoteSettings(
        name,
        URI.create("ws://menu.example/" + name),
        onLoss,
        spare,
        Patience.STANDARD,
        new Limits(65_536, 32, 20, 100));
  }

  private static Town town(World world, RemoteApp app, LossPolicy onLoss, String... spare) {
    Town town = new Town(world);
    town.exchange.serve(settings("menu", onLoss, List.of(spare).stream().findFirst()), app);
    return town;
  }

  /// Any moment within `most`.
  private static void aWhile(World world, Duration most) {
    Dice dice = world.dice("story");
    world.run(Duration.ofNanos(dice.below(most.toNanos())));
  }

  private static void everyEventOnceAndInOrder(Town town, RemoteApp app) {
    assertThat(app.numbers())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, town.exchange.journal().size()).boxed().toList());
  }

  /// The final refusals that callers will have got.
  private static List<String> refusals(Town town) {
    List<String> refusals = new ArrayList<>();
    town.network.lose(
        1,
        datagram -> {
          if (datagram.startsWith("SIP/2.0 4") || datagram.startsWith("SIP/2.0 6")) {
            refusals.add(new String(datagram.payload(), StandardCharsets.ISO_8859_1));
          }
          return false;
        });
    return refusals;
  }

  private static void nothingIsDoneTwice(Town town) {
    HashSet<OperationId> accepted = new HashSet<>();
    town.exchange.journal().stream()
        .map(entry -> entry.event())
        .filter(Event.OperationAccepted.class::isInstance)
        .forEach(event ->
            assertThat(accepted.add(((Event.OperationAccepted) event).operation()))
                .as("accepted once: %s", event)
                .isTrue());
  }

  private static List<ToApplication> words(RemoteApp app) {
    return app.heard().stream()
        .map(Envelope::message)
        .filter(message -> !(message instanceof ToApplication.Happened))
        .toList();
  }

  private static void lastWord(RemoteApp app, CloseReason why) {
    assertThat(app.heard().getLast().message())
        .isInstanceOfSatisfying(
            ToApplication.SessionEnded.class, ended -> assertThat(ended.reason()).isEqualTo(why));
    assertThat(app.closings()).endsWith(why.code());
  }

  @Story
  void applicationAnswersAndHangsUp(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    call.playTone(700);
    world.run(Duration.ofSeconds(2));
    assertThat(call.hears(700)).isTrue();
    call.press("9");
    world.runUntil("it hangs up", call::isEnded, SOON);
    town.nothingIsLeft();
    assertThat(town.endings()).containsExactly(EndReason.APP_HUNG_UP);
    everyEventOnceAndInOrder(town, app);
    lastWord(app, CloseReason.CALL_ENDED);
  }

  @Story
  void applicationDiesDuringACall_comesBackAndMissesNothing(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    aWhile(world, Duration.ofSeconds(2));
    app.killed();
    call.press("12");
    aWhile(world, Duration.ofSeconds(10));
    app.started();
    call.press("34");
    world.run(RETRIES);
    assertThat(call.isEnded()).isFalse();
    call.press("9");
    world.runUntil("it hangs up", call::isEnded, SOON);
    town.nothingIsLeft();
    everyEventOnceAndInOrder(town, app);
    nothingIsDoneTwice(town);
    lastWord(app, CloseReason.CALL_ENDED);
  }

  @Story
  void applicationDiesDuringAGather_comesBackAndMissesNothing(World world) {
    RemoteApp app =
        new RemoteApp(event ->
            switch (event) {
              case Event.CallCreated _ -> List.of(new Operation.Answer());
              case Event.CallChanged(_, Event.CallState state)
                  when state == Event.CallState.ANSWERED ->
                  List.of(new Operation.Gather(Operation.Digits.between(4, 4)));
              case Event.OperationSucceeded(_, Outcome.Gathered _) ->
                  List.of(new Operation.HangUp());
              default -> List.of();
            });
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    call.press("12");
    aWhile(world, Duration.ofSeconds(2));
    app.killed();
    call.press("34");
    aWhile(world, Duration.ofSeconds(10));
    app.started();
    world.runUntil("it hangs up", call::isEnded, RETRIES);
    town.nothingIsLeft();
    everyEventOnceAndInOrder(town, app);
    nothingIsDoneTwice(town);
    assertThat(app.heard())
        .filteredOn(envelope ->
            envelope.message() instanceof ToApplication.Happened(Event event)
                && event
                    instanceof Event.OperationSucceeded(_, Outcome.Gathered(_, String digits, _, _))
                && digits.equals("1234"))
        .hasSize(1);
  }

  @Story
  void redirectedToASecondRemoteApplication(World world) {
    RemoteApp app =
        new RemoteApp(event ->
            event instanceof Event.DigitPressed
                ? List.of(new Operation.Redirect("second"))
                : choose(event));
    Town town = town(world, app, LossPolicy.KEEP);
    RemoteApp second = menu();
    town.exchange.serve(settings("second", LossPolicy.KEEP, Optional.empty()), second);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    call.press("5");
    world.runUntil("the second one is there", () -> !second.heard().isEmpty(), SOON);
    assertThat(((ToApplication.SessionStarted) second.heard().getFirst().message()).reason())
        .isEqualTo(StartReason.REDIRECTED);
    assertThat(call.isEnded()).isFalse();
    call.press("9");
    world.runUntil("the second one hangs up", call::isEnded, SOON);
    town.nothingIsLeft();
    lastWord(app, CloseReason.REDIRECTED);
    lastWord(second, CloseReason.CALL_ENDED);
    assertThat(app.numbers()).doesNotContainAnyElementsOf(second.numbers());
    assertThat(app.numbers().size() + second.numbers().size())
        .isEqualTo(town.exchange.journal().size());
  }

  @Story
  void fallbackTakesOver(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.FALLBACK, "spare");
    RemoteApp spare = menu();
    town.exchange.serve(settings("spare", LossPolicy.KEEP, Optional.empty()), spare);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    app.killed();
    world.runUntil("the spare one is there", () -> !spare.heard().isEmpty(), SOON);
    assertThat(((ToApplication.SessionStarted) spare.heard().getFirst().message()).reason())
        .isEqualTo(StartReason.FALLBACK);
    call.press("9");
    world.runUntil("that one hangs up", call::isEnded, Duration.ofSeconds(10));
    town.nothingIsLeft();
    assertThat(town.endings()).containsExactly(EndReason.APP_HUNG_UP);
  }

  @Story
  void hangUpPolicyEndsWithAppLost(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.HANG_UP);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    app.killed();
    world.runUntil("it is hung up", call::isEnded, SOON);
    town.nothingIsLeft();
    assertThat(town.endings()).containsExactly(EndReason.APP_LOST);
  }

  @Story
  void neverReachedGets480WithReason(World world) {
    RemoteApp app = menu();
    app.killed();
    Town town = town(world, app, LossPolicy.KEEP);
    List<String> refusals = refusals(town);
    PhoneCall call = town.dial("menu");
    world.runUntil("it is refused", call::isEnded, Duration.ofSeconds(6));
    assertThat(call.statuses()).containsExactly(480);
    assertThat(refusals).isNotEmpty().allMatch(text -> text.contains("Q.850;cause=38"));
    assertThat(town.endings()).containsExactly(EndReason.APP_UNREACHABLE);
    town.nothingIsLeft();
  }

  @Story
  void neverFinishesAHandshakeGets480(World world) {
    RemoteApp app = menu();
    app.mute();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.dial("menu");
    world.run(Duration.ofSeconds(3));
    assertThat(app.connections()).as("never two at once").isLessThanOrEqualTo(1);
    world.runUntil("it is refused", call::isEnded, Duration.ofSeconds(3));
    assertThat(call.statuses()).containsExactly(480);
    town.nothingIsLeft();
    assertThat(app.connections()).isZero();
  }

  @Story
  void saysNothingGets603WithReason(World world) {
    RemoteApp app = new RemoteApp(_ -> List.of());
    Town town = town(world, app, LossPolicy.KEEP);
    List<String> refusals = refusals(town);
    PhoneCall call = town.dial("menu");
    world.runUntil("it is refused", call::isEnded, Duration.ofSeconds(7));
    assertThat(call.statuses()).containsExactly(603);
    assertThat(refusals).isNotEmpty().allMatch(text -> text.contains("Q.850;cause=19"));
    assertThat(town.endings()).containsExactly(EndReason.APP_DID_NOT_ANSWER);
    lastWord(app, CloseReason.DID_NOT_ANSWER);
    town.nothingIsLeft();
  }

  @Story
  void closes1000_callGoesOn(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.HANG_UP);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    app.closes(1000);
    call.playTone(700);
    world.run(Duration.ofMinutes(2));
    assertThat(call.hears(700)).isTrue();
    assertThat(app.connections()).isZero();
    assertThat(town.exchange.sessions()).isZero();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  @Story
  void slowReaderIsToldWhatWasDropped(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    app.reads(false);
    call.press("0123456701234567012345670123");
    world.run(Duration.ofSeconds(20));
    app.reads(true);
    world.run(Duration.ofSeconds(1));
    long dropped =
        words(app).stream()
            .filter(ToApplication.Dropped.class::isInstance)
            .mapToLong(message -> ((ToApplication.Dropped) message).events())
            .sum();
    assertThat(dropped).isPositive();
    town.hangUp(call);
    town.nothingIsLeft();
    assertThat(app.numbers()).doesNotHaveDuplicates().isSorted();
    assertThat(app.numbers().size() + dropped).isEqualTo(town.exchange.journal().size());
  }

  @Story
  void aPlaceInAnotherLifeIsRewound(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    app.remembersAnotherLife();
    app.killed();
    app.started();
    world.run(SOON);
    assertThat(words(app)).anyMatch(ToApplication.Rewound.class::isInstance);
    // It hears all events again, and asks again for what it asked for then.
    assertThat(words(app))
        .anyMatch(word ->
            word instanceof ToApplication.Error error && error.code() == ErrorCode.DUPLICATE_ID);
    town.hangUp(call);
    town.nothingIsLeft();
    nothingIsDoneTwice(town);
  }

  @Story
  void callerHangsUpWhileTheApplicationIsAway(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    app.killed();
    aWhile(world, Duration.ofSeconds(5));
    town.hangUp(call);
    aWhile(world, Duration.ofSeconds(3));
    app.started();
    town.nothingIsLeft();
    everyEventOnceAndInOrder(town, app);
    lastWord(app, CloseReason.CALL_ENDED);
  }

  @Story
  void shutdownTellsThatTheExchangeGoesAway(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    List<Integer> left = new ArrayList<>();
    town.exchange.drain(Duration.ofSeconds(2), () -> left.add(town.exchange.sessions()));
    world.runUntil("it is hung up", call::isEnded, Duration.ofSeconds(5));
    town.nothingIsLeft();
    assertThat(left).as("sessions when it was drained").containsExactly(0);
    everyEventOnceAndInOrder(town, app);
    lastWord(app, CloseReason.GOING_AWAY);
  }

  @Story
  void shutdownWaitsNoLongerForOneThatIsAway(World world) {
    RemoteApp app = menu();
    Town town = town(world, app, LossPolicy.KEEP);
    PhoneCall call = town.answered("menu");
    app.killed();
    boolean[] drained = new boolean[1];
    town.exchange.drain(Duration.ofSeconds(2), () -> drained[0] = true);
    world.runUntil("it is hung up", call::isEnded, Duration.ofSeconds(5));
    world.runUntil("drained", () -> drained[0], Duration.ofSeconds(6));
    town.nothingIsLeft();
  }

  @Story
  void oneThatStandsStillDelaysNobodyElse(World world) {
    RemoteApp stuck = menu();
    Town town = town(world, stuck, LossPolicy.KEEP);
    PhoneCall first = town.answered("menu");
    world.run(Duration.ofSeconds(1));
    stuck.reads(false);
    first.press("123456");
    RemoteApp other = menu();
    town.exchange.serve(settings("other", LossPolicy.KEEP, Optional.empty()), other);
    PhoneCall second = town.answered("other");
    second.press("9");
    world.runUntil("the other is served", second::isEnded, SOON);
    world.run(Duration.ofSeconds(40));
    assertThat(stuck.closings()).contains(CloseReason.SLOW.code());
    town.hangUp(first);
    town.nothingIsLeft();
  }
}
