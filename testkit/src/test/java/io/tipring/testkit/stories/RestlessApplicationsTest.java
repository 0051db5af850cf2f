package io.tipring.testkit.stories;

import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.Event.Refusal;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Operation.Gather;
import io.tipring.api.Operation.Play;
import io.tipring.api.OperationId;
import io.tipring.api.Outcome;
import io.tipring.api.control.ToApplication;
import io.tipring.api.control.ToApplication.CloseReason;
import io.tipring.core.control.LossPolicy;
import io.tipring.core.control.RemoteSettings;
import io.tipring.core.control.RemoteSettings.Limits;
import io.tipring.core.control.RemoteSettings.Patience;
import io.tipring.core.journal.Journal;
import io.tipring.testkit.application.RemoteApp;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.World;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// Applications that ask for too much, talk nonsense, are slow or do not read, and what others
/// notice of it: nothing.
class RestlessApplicationsTest {
  private static final int ERRORS = 100;

  private static RemoteSettings settings(String name, Optional<String> fallback) {
    return new RemoteSettings(
        name,
        URI.create("ws://restless.example/" + name),
        LossPolicy.KEEP,
        fallback,
        Patience.STANDARD,
        new Limits(65_536, 32, 1_000, ERRORS));
  }

  /// Answers, and then asks for all of these.
  private static RemoteApp asking(List<Operation> all) {
    return new RemoteApp(event ->
        switch (event) {
          case Event.CallCreated _ -> List.of(new Operation.Answer());
          case Event.CallChanged(_, Event.CallState state) when state == Event.CallState.ANSWERED ->
              all;
          case Event _ -> List.of();
        });
  }

  private static long count(Town town, Predicate<Event> which) {
    return town.exchange.journal().stream().map(Journal.Entry::event).filter(which).count();
  }

  private static boolean refusedAsTooMany(Event event) {
    return event instanceof Event.OperationFailed(_, Refusal refusal, _)
        && refusal == Refusal.TOO_MANY;
  }

  /// Somebody else calls, presses a key, and is answered by its tones.
  private static Duration timeToHearAKey(Town town) {
    PhoneCall call = town.answered("digits");
    Duration began = town.world.elapsed();
    call.press("5");
    town.world.runUntil("the key is heard", () -> call.tape().all().digits().equals("5"), SOON);
    Duration took = town.world.elapsed().minus(began);
    call.hangUp();
    return took;
  }

  @Story
  void aThousandOperationsAtOnce(World world) {
    Town town = new Town(world);
    RemoteApp app = asking(Collections.nCopies(1_000, Play.forever("tone:500")));
    town.exchange.serve(settings("greedy", Optional.empty()), app);
    PhoneCall call = town.answered("greedy");
    world.run(Duration.ofSeconds(2));
    assertThat(count(town, RestlessApplicationsTest::refusedAsTooMany)).isEqualTo(1_000 - 32);
    assertThat(call.hears(500)).isTrue();
    app.asks(new OperationId("end"), new Operation.HangUp());
    world.runUntil("it can still hang up", call::isEnded, SOON);
    town.nothingIsLeft();
    assertThat(app.numbers())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, town.exchange.journal().size()).boxed().toList());
  }

  @Story
  void nonsenseIsAnsweredUntilItIsTooMuch(World world) {
    Town town = new Town(world);
    RemoteApp app = asking(List.of(new Operation.Echo()));
    RemoteApp spare = asking(List.of());
    town.exchange.serve(settings("spare", Optional.empty()), spare);
    town.exchange.serve(settings("mumbler", Optional.of("spare")), app);
    PhoneCall call = town.answered("mumbler");
    for (int i = 0; i < ERRORS; i++) {
      app.mumbles();
    }
    world.run(Duration.ofSeconds(1));
    assertThat(app.closings()).isEmpty();
    app.asks(new OperationId("sense"), new Operation.Pause(Duration.ofMillis(1)));
    for (int i = 0; i < ERRORS; i++) {
      app.mumbles();
    }
    world.run(Duration.ofSeconds(1));
    assertThat(app.closings()).as("a word of sense begins the count anew").isEmpty();
    app.mumbles();
    world.runUntil("the spare one is there", () -> !spare.heard().isEmpty(), SOON);
    assertThat(app.closings()).containsExactly(CloseReason.TOO_MANY_ERRORS.code());
    assertThat(app.heard())
        .filteredOn(envelope -> envelope.message() instanceof ToApplication.Error)
        .hasSize(2 * ERRORS + 1);
    assertThat(call.isEnded()).isFalse();
    town.hangUp(call);
    town.nothingIsLeft();
  }

  /// The answer to each question reaches the application late, and its next one the exchange.
  @Story
  void aSlowLineKeepsTheOrderOfAllThatIsSaid(World world) {
    Town town = new Town(world);
    List<String> gathered = new ArrayList<>();
    RemoteApp app =
        new RemoteApp(event ->
            switch (event) {
              case Event.CallCreated _ ->
                  List.of(new Operation.Answer(), new Gather(Digits.between(2, 2)));
              case Event.OperationSucceeded(_, Outcome.Gathered(_, String digits, _, _)) -> {
                gathered.add(digits);
                yield gathered.size() < 3
                    ? List.of(new Gather(Digits.between(2, 2)))
                    : List.of(new Operation.HangUp());
              }
              case Event _ -> List.of();
            });
    app.jitter(Duration.ofMillis(world.dice("line").below(600)));
    town.exchange.serve(settings("far", Optional.empty()), app);
    PhoneCall call = town.answered("far");
    call.press("12#34#56");
    world.runUntil("it hangs up", call::isEnded, Duration.ofSeconds(20));
    town.nothingIsLeft();
    assertThat(gathered).containsExactly("12", "34", "56");
    assertThat(app.numbers())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, town.exchange.journal().size()).boxed().toList());
    assertThat(town.endings()).containsExactly(EndReason.APP_HUNG_UP);
  }

  @Story
  void oneThatNeverReadsIsNobodyElsesTrouble(World world) {
    Town town = new Town(world);
    Duration alone = timeToHearAKey(town);
    List<PhoneCall> calls = new ArrayList<>();
    RemoteApp stuck = asking(Collections.nCopies(200, new Operation.Pause(Duration.ofHours(1))));
    town.exchange.serve(settings("stuck", Optional.empty()), stuck);
    for (int i = 0; i < 3; i++) {
      calls.add(town.answered("stuck"));
    }
    stuck.reads(false);
    calls.forEach(call -> call.press("0123456789"));
    for (int i = 0; i < 3; i++) {
      assertThat(timeToHearAKey(town)).isLessThan(alone.plusMillis(60));
    }
    world.run(Duration.ofSeconds(40));
    assertThat(stuck.closings()).contains(CloseReason.SLOW.code());
    calls.forEach(PhoneCall::hangUp);
    town.nothingIsLeft();
  }
}
