package io.tipring.testkit.stories;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.CallId;
import io.tipring.api.Event;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.Operation.Gather;
import io.tipring.api.Operation.Play;
import io.tipring.api.OperationId;
import io.tipring.api.Prompt;
import io.tipring.api.control.FromApplication;
import io.tipring.api.control.ToApplication;
import io.tipring.core.call.Preparation;
import io.tipring.core.call.Sounds;
import io.tipring.core.control.LossPolicy;
import io.tipring.core.control.RemoteSettings;
import io.tipring.core.control.RemoteSettings.Limits;
import io.tipring.core.control.RemoteSettings.Patience;
import io.tipring.core.journal.Journal;
import io.tipring.media.spec.Pcm;
import io.tipring.testkit.application.RemoteApp;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Every operation crossed with everything that can come between. Each story has one call for each
/// operation, and its trouble at a moment of its own; after it, whatever happened:
///
/// - every operation that was accepted has had exactly one end;
/// - the events of a call are numbered without holes, and its end is the last;
/// - an application heard the events that were its own, once and in order;
/// - no call, leg, session, port, packet or timer is left.
class EveryOperationInTroubleTest {
  private static final OperationId SUBJECT = new OperationId("subject");
  private static final OperationId SECOND = new OperationId("second");
  private static final Duration SCENE = Duration.ofSeconds(4);
  private static final Duration CURTAIN = Duration.ofSeconds(9);

  /// @param answered asked for when the caller is answered; otherwise when the call is there
  private record Subject(String name, boolean answered, Operation operation) {}

  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject("ring", false, new Operation.Ring()),
          new Subject("answer", false, new Operation.Answer()),
          new Subject("reject", false, new Operation.Reject(486)),
          new Subject("early-say", false, new Operation.Say("Before the answer")),
          new Subject("early-gather", false, new Gather(Digits.between(1, 4))),
          new Subject("say", true, new Operation.Say("Hello")),
          new Subject("play", true, new Play("keys:123", "file:sound.wav", "keys:45")),
          new Subject("play-forever", true, Play.forever("tone:500")),
          new Subject("pause", true, new Operation.Pause(Duration.ofSeconds(3))),
          new Subject("gather", true, new Gather(Digits.between(2, 4), new Prompt.Speech("Well?"))),
          new Subject("send-digits", true, new Operation.SendDigits("12,345678")),
          new Subject("echo", true, new Operation.Echo()),
          new Subject("cancel", true, new Operation.Cancel(SECOND)),
          new Subject("redirect", true, new Operation.Redirect("redirect-next")),
          new Subject("early-redirect", false, new Operation.Redirect("early-redirect-next")),
          new Subject("hang-up", true, new Operation.HangUp()),
          new Subject("early-hang-up", false, new Operation.HangUp()));

  @Story
  void callerHangsUp(World world) {
    cross(world, scene -> scene.soon(scene.call::hangUp));
  }

  @Story
  void itIsCancelled(World world) {
    cross(world, scene -> scene.soon(scene::cancel));
  }

  @Story
  void itIsReplaced(World world) {
    cross(
        world,
        scene -> scene.soon(() -> scene.app.asks(SECOND, replacing(scene.subject.operation()))));
  }

  @Story
  void aSecondOneWaitsBehindIt(World world) {
    cross(
        world,
        scene -> {
          scene.soon(() -> scene.app.asks(SECOND, scene.subject.operation()));
          scene.soon(scene::cancel);
        });
  }

  @Story
  void itsApplicationIsLostAndComesBack(World world) {
    cross(
        world,
        scene ->
            scene.soon(() -> {
              scene.app.killed();
              scene.soon(scene::comeBack);
            }));
  }

  @Story
  void itsApplicationIsLostForGood(World world) {
    cross(world, scene -> scene.soon(scene.app::killed));
  }

  /// All of it at once, over connections that are slow now and then.
  @Story
  void everythingHappens(World world) {
    cross(
        world,
        scene -> {
          scene.app.jitter(Duration.ofMillis(400));
          scene.soon(() -> scene.app.asks(SECOND, replacing(scene.subject.operation())));
          scene.soon(scene::cancel);
          scene.soon(scene::press);
          scene.soon(() -> scene.app.reads(false));
          scene.soon(() -> scene.app.reads(true));
          scene.soon(() -> {
            scene.app.killed();
            scene.soon(scene::comeBack);
          });
          if (scene.dice.chance(0.3)) {
            scene.soon(scene.call::hangUp);
          }
        });
  }

  private static Operation replacing(Operation subject) {
    return subject instanceof Gather
        ? new Gather(Optional.empty(), Digits.between(1, 1), List.of(), true, false, true, true)
        : new Play(Optional.empty(), List.of("keys:9"), 1, Duration.ZERO, true);
  }

  private interface Trouble {
    void begin(Scene scene);
  }

  private static void cross(World world, Trouble trouble) {
    Town town = new Town(world);
    town.exchange.sounds(sounds(world));
    List<Scene> scenes = SUBJECTS.stream().map(subject -> new Scene(town, subject)).toList();
    scenes.forEach(trouble::begin);
    world.run(CURTAIN);
    scenes.forEach(scene -> scene.call.hangUp());
    town.nothingIsLeft();
    scenes.forEach(Scene::check);
    assertThat(world.pending()).as("turns, packets and alarms").isZero();
  }

  /// What must be made is there at once, or up to two seconds later.
  private static Sounds sounds(World world) {
    Dice dice = world.dice("sounds");
    Pcm second = Pcm.copyOf(new int[8_000], 8_000);
    return (_, done) ->
        world.after(
            dice.chance(0.3) ? Duration.ZERO : Duration.ofMillis(dice.below(2_000)),
            () -> done.accept(new Preparation.Ready(second)));
  }

  /// One call to one operation.
  private static final class Scene {
    final Subject subject;
    final RemoteApp app = new RemoteApp(this::reacts);
    final RemoteApp next = new RemoteApp(_ -> List.of());
    final PhoneCall call;
    final Dice dice;
    private final Town town;

    Scene(Town town, Subject subject) {
      this.town = town;
      this.subject = subject;
      this.dice = town.world.dice("scene " + subject.name());
      LossPolicy policy = LossPolicy.values()[(int) dice.below(LossPolicy.values().length)];
      String nextName = subject.name() + "-next";
      // It uses ids that the first one may have used.
      next.greetsWith(
          new FromApplication.Ask(SECOND, new Gather(Digits.between(1, 1))),
          new FromApplication.Ask(SUBJECT, Play.forever("tone:600")));
      town.exchange.serve(settings(nextName, LossPolicy.KEEP, Optional.empty()), next);
      town.exchange.serve(settings(subject.name(), policy, Optional.of(nextName)), app);
      call = town.dial(subject.name());
    }

    private static RemoteSettings settings(
        String name, LossPolicy onLoss, Optional<String> fallback) {
      return new RemoteSettings(
          name,
          URI.create("ws://app.example/" + name),
          onLoss,
          fallback,
          Patience.STANDARD,
          new Limits(65_536, 32, 1_000, 100));
    }

    /// At any moment of the scene, the first half second more often than others.
    void soon(Runnable what) {
      long most = dice.chance(0.3) ? Duration.ofMillis(500).toNanos() : SCENE.toNanos();
      town.world.after(Duration.ofNanos(dice.below(most)), what);
    }

    void cancel() {
      app.asks(new OperationId("cancel"), new Operation.Cancel(SUBJECT));
    }

    void press() {
      if (call.hasSound() && !call.isEnded()) {
        call.press("12#");
      }
    }

    /// It is not sure whether it was heard, and says it again.
    void comeBack() {
      app.started();
      town.world.after(Duration.ofSeconds(1), () -> app.asks(SUBJECT, subject.operation()));
    }

    private List<Operation> reacts(Event event) {
      switch (event) {
        case Event.CallCreated _ when !subject.answered() -> app.asks(SUBJECT, subject.operation());
        case Event.CallCreated _ -> {
          return List.of(new Operation.Answer());
        }
        case Event.LegChanged(_, Event.LegState state)
            when state == Event.LegState.ANSWERED && subject.answered() -> {
          if (subject.operation() instanceof Operation.Cancel) {
            app.asks(SECOND, Play.forever("tone:700"));
          }
          app.asks(SUBJECT, subject.operation());
        }
        case Event _ -> {}
      }
      return List.of();
    }

    void check() {
      List<Journal.Entry> entries = entries();
      assertThat(entries.stream().map(entry -> entry.at().seq()))
          .as("the events of %s", subject.name())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, entries.size()).boxed().toList());
      assertThat(entries.getLast().event()).isInstanceOf(Event.CallEnded.class);
      withoutHoles(app);
      withoutHoles(next);
      assertThat(app.numbers()).as("each its own").noneMatch(next.numbers()::contains);
      assertThat(accepted(entries))
          .as("%s", subject.name())
          .isLessThanOrEqualTo(next.heard().isEmpty() ? 1 : 2);
      for (RemoteApp one : List.of(app, next)) {
        if (wasThereToTheEnd(one)) {
          assertThat(one.numbers().getLast()).isEqualTo(entries.size());
        }
      }
    }

    private static boolean wasThereToTheEnd(RemoteApp one) {
      return !one.heard().isEmpty()
          && one.heard().getLast().message() instanceof ToApplication.SessionEnded(_, var why)
          && why == ToApplication.CloseReason.CALL_ENDED;
    }

    private void withoutHoles(RemoteApp one) {
      List<Long> numbers = one.numbers();
      if (!numbers.isEmpty()) {
        assertThat(numbers)
            .as("what an application of %s heard", subject.name())
            .containsExactlyElementsOf(
                LongStream.rangeClosed(numbers.getFirst(), numbers.getLast()).boxed().toList());
      }
    }

    private List<Journal.Entry> entries() {
      List<Journal.Entry> all = town.exchange.journal();
      CallId mine =
          all.stream()
              .filter(entry ->
                  entry.event() instanceof Event.CallCreated created
                      && created.to().equals(subject.name()))
              .findFirst()
              .orElseThrow()
              .call();
      return all.stream().filter(entry -> entry.call().equals(mine)).toList();
    }

    private static long accepted(List<Journal.Entry> entries) {
      return entries.stream()
          .filter(entry ->
              entry.event() instanceof Event.OperationAccepted(OperationId id)
                  && id.equals(SUBJECT))
          .count();
    }
  }
}
