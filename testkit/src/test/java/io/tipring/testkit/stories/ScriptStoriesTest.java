package io.tipring.testkit.stories;

import static io.tipring.testkit.stories.Town.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tipring.api.EndReason;
import io.tipring.api.Operation;
import io.tipring.api.Operation.Digits;
import io.tipring.api.script.Call;
import io.tipring.api.script.CallEnded;
import io.tipring.api.script.Pending;
import io.tipring.testkit.exchange.VirtualSpeech;
import io.tipring.testkit.phone.PhoneCall;
import io.tipring.testkit.story.Story;
import io.tipring.testkit.world.Dice;
import io.tipring.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Applications that are written as blocking code, and callers who do as they like.
class ScriptStoriesTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private static Town town(World world) {
    Town town = new Town(world);
    town.exchange.sounds(new VirtualSpeech(world));
    return town;
  }

  @Story
  void aScriptThatReturnsHangsUp(World world) {
    Town town = town(world);
    town.exchange.serve(
        "hello",
        call -> {
          call.answer();
          call.say("hello");
        });
    PhoneCall call = town.answered("hello");
    world.runUntil("the call is over", call::isEnded, SOON);
    assertThat(town.endings()).containsExactly(EndReason.APP_HUNG_UP);
    town.nothingIsLeft();
  }

  @Story
  void hangUpAtAnyMomentEndsTheScript(World world) {
    Town town = town(world);
    List<String> log = new ArrayList<>();
    town.exchange.web(_ -> new io.tipring.api.script.Web.Answer(200, java.util.Map.of(), "42"));
    town.exchange.serve("menu", call -> everything(call, log));
    PhoneCall call = town.dial("menu");
    Dice dice = world.dice("caller");
    for (int i = 0; i < 4; i++) {
      world.after(
          Duration.ofMillis(1_000 + dice.below(10_000)),
          () -> {
            if (call.hasSound() && !call.isEnded()) {
              call.press(String.valueOf(dice.below(10)));
            }
          });
    }
    world.after(Duration.ofMillis(dice.below(16_000)), call::hangUp);
    world.run(A_MINUTE);
    assertThat(log).hasSize(2).first().isIn("CallEnded", "returned");
    assertThat(log.getLast()).isEqualTo("finally");
    town.nothingIsLeft();
  }

  private static void everything(Call call, List<String> log) throws Exception {
    try {
      call.ring();
      call.sleep(Duration.ofMillis(300));
      call.answer();
      call.say("welcome");
      assertThat(call.http().get("http://example.com/answer")).isEqualTo("42");
      call.gather("one two or three", Digits.one().within(Duration.ofSeconds(2)));
      call.echo(Duration.ofSeconds(2));
      Pending music = call.begin(Operation.Play.forever("tone:400"));
      var _ = call.next(Duration.ofSeconds(1));
      call.sleep(Duration.ofMillis(call.random().nextInt(1_000)));
      music.cancel();
      call.pause(Duration.ofMillis(500));
      call.sendDigits("12");
      log.add("returned");
    } catch (CallEnded ended) {
      log.add("CallEnded");
      throw ended;
    } finally {
      log.add("finally");
      if (log.contains("CallEnded")) {
        assertThatThrownBy(() -> call.say("too late")).isInstanceOf(CallEnded.class);
        assertThatThrownBy(() -> call.sleep(SOON)).isInstanceOf(CallEnded.class);
      }
    }
  }
}
