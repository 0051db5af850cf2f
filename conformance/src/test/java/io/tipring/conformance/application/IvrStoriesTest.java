package io.tipring.conformance.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.tipring.api.EndReason;
import io.tipring.api.Event;
import io.tipring.api.script.CallScript;
import io.tipring.app.builtin.Builtin;
import io.tipring.core.call.SoundRequest;
import io.tipring.edge.sip.SipExchange;
import io.tipring.testkit.exchange.Doors;
import io.tipring.testkit.exchange.VirtualExchange;
import io.tipring.testkit.exchange.VirtualSpeech;
import io.tipring.testkit.net.Network;
import io.tipring.testkit.phone.Ladder;
import io.tipring.testkit.phone.Manners;
import io.tipring.testkit.phone.Phone;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.phone.WorldJack;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import io.tipring.wire.sip.dialog.SessionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The menu that comes with the exchange, called in the World.
class IvrStoriesTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final String MENU = "For the time, press 1.";

  /// An exchange with the menu, and a phone.
  private static final class Scene {
    final World world;
    final VirtualExchange exchange;
    final Phone phone;
    final List<String> spoken = new ArrayList<>();

    Scene(World world) {
      this.world = world;
      Network network = new Network(world);
      exchange =
          new VirtualExchange(
              network,
              VirtualExchange.Place.at("10.0.0.1"),
              SipExchange.Settings.STANDARD,
              Doors.open());
      VirtualSpeech speech = new VirtualSpeech(world);
      exchange.sounds((request, done) -> {
        if (request instanceof SoundRequest.Speech spoke) {
          spoken.add(spoke.text());
        }
        speech.prepare(request, done);
      });
      exchange.serve("ivr", menu());
      phone =
          new Phone(
              new WorldJack(network, "10.0.1.1", 5060),
              "phone",
              Manners.GOOD,
              SessionSettings.USUAL,
              Ladder.unseen());
    }

    private static CallScript menu() {
      return switch (Builtin.named("ivr").orElseThrow().program()) {
        case Builtin.Program.Script(var script) -> script.get();
        case Builtin.Program.App _ -> throw new AssertionError("the menu is a script");
      };
    }

    PhoneCall answered() {
      PhoneCall call = phone.dial(exchange.uri("ivr"));
      world.runUntil("the call is answered", call::isAnswered, A_MINUTE);
      return call;
    }

    /// Until so many texts have been said, this one last.
    void says(int count, String text) {
      world.runUntil(
          "says " + text,
          () -> spoken.size() == count && spoken.getLast().startsWith(text),
          A_MINUTE);
    }

    void ends(PhoneCall call, EndReason why) {
      world.runUntil("the call is over", call::isEnded, A_MINUTE);
      world.run(A_MINUTE.multipliedBy(5));
      assertThat(exchange.residue()).isZero();
      assertThat(exchange.journal().getLast().event())
          .isInstanceOfSatisfying(
              Event.CallEnded.class, ended -> assertThat(ended.reason()).isEqualTo(why));
    }
  }

  @Story
  void oneTellsTheTime(World world) {
    Scene scene = new Scene(world);
    PhoneCall call = scene.answered();
    scene.says(1, MENU);
    call.press("1");
    scene.says(2, "It is 0 hours and 0 minutes.");
    scene.says(3, MENU);
    call.hangUp();
    scene.ends(call, EndReason.CALLER_HUNG_UP);
  }

  @Story
  void twoIsAnEchoUntilTheNextKey(World world) {
    Scene scene = new Scene(world);
    PhoneCall call = scene.answered();
    call.press("2");
    scene.says(2, "Speak");
    call.playTone(700);
    world.run(Duration.ofSeconds(6));
    assertThat(call.hears(700)).isTrue();
    call.beSilent();
    call.press("5");
    scene.says(3, MENU);
    call.hangUp();
    scene.ends(call, EndReason.CALLER_HUNG_UP);
  }

  @Story
  void threeReadsDigitsBack(World world) {
    Scene scene = new Scene(world);
    PhoneCall call = scene.answered();
    call.press("3");
    scene.says(2, "Type");
    call.press("407#");
    scene.says(3, "You typed 4, 0, 7.");
    scene.says(4, MENU);
    call.hangUp();
    scene.ends(call, EndReason.CALLER_HUNG_UP);
  }

  @Story
  void aWrongKeyIsToldAndTheMenuComesAgain(World world) {
    Scene scene = new Scene(world);
    PhoneCall call = scene.answered();
    call.press("#");
    scene.says(2, "Sorry");
    scene.says(3, MENU);
    call.hangUp();
    scene.ends(call, EndReason.CALLER_HUNG_UP);
  }

  @Story
  void silenceIsAskedTwiceMoreAndThenToldGoodbye(World world) {
    Scene scene = new Scene(world);
    PhoneCall call = scene.answered();
    scene.ends(call, EndReason.APP_HUNG_UP);
    assertThat(scene.spoken).hasSize(4).last().isEqualTo("Goodbye.");
    assertThat(scene.spoken.subList(0, 3)).allMatch(text -> text.startsWith(MENU));
  }

  @Story
  void whateverIsPressedTheCallEndsAndNothingIsLeft(World world) {
    Scene scene = new Scene(world);
    Dice dice = world.dice("caller");
    PhoneCall call = scene.answered();
    for (int i = 0; i < 12; i++) {
      world.run(Duration.ofMillis(dice.below(4_000)));
      if (call.hasSound() && !call.isEnded()) {
        call.press(String.valueOf("123456*#".charAt((int) dice.below(8))));
      }
    }
    call.hangUp();
    scene.ends(call, EndReason.CALLER_HUNG_UP);
  }
}
